package dev.vitrine.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The header that leads to the following page: the caller's own address with another cursor.
final class NextLink {

    private NextLink() {}

    static String of(String base, HttpServletRequest request, String cursor) {
        StringBuilder link = new StringBuilder("<")
                .append(base)
                .append(request.getRequestURI())
                .append('?');
        appendOthers(link, request.getQueryString());
        return link.append("cursor=")
                .append(URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                .append(">; rel=\"next\"")
                .toString();
    }

    private static void appendOthers(StringBuilder link, @Nullable String query) {
        if (query == null) {
            return;
        }
        for (String pair : query.split("&")) {
            if (!pair.isEmpty() && !pair.startsWith("cursor=")) {
                link.append(pair.replace(">", "%3E").replace("<", "%3C").replace("\"", "%22"))
                        .append('&');
            }
        }
    }
}
