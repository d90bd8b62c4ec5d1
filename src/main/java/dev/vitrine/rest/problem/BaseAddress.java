package dev.vitrine.rest.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where callers reach the service.
///
/// @param baseUrl public address, for a service behind a proxy; null: taken from each request
@ConfigurationProperties("vitrine")
public record BaseAddress(@Nullable URI baseUrl) {

    /// `https://data.example.com`, without a slash at the end.
    public String of(HttpServletRequest request) {
        if (baseUrl != null) {
            String text = baseUrl.toString();
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        }
        String scheme = request.getScheme();
        int port = request.getServerPort();
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        String host = request.getServerName();
        return scheme + "://" + host + (usual ? "" : ":" + port) + request.getContextPath();
    }
}
