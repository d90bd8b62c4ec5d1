package dev.vitrine.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;

/// What the header `Prefer` (RFC 7240) asks for; preferences that are not known are ignored, as it says.
final class Preferences {

    private Preferences() {}

    /// Whether the total is wanted: `Prefer: count=exact`.
    static boolean count(HttpServletRequest request) {
        Enumeration<String> headers = request.getHeaders("Prefer");
        while (headers.hasMoreElements()) {
            for (String preference : headers.nextElement().split(",")) {
                String plain = preference.split(";", 2)[0].replace("\"", "").replace(" ", "");
                if (plain.toLowerCase(Locale.ROOT).equals("count=exact")) {
                    return true;
                }
            }
        }
        return false;
    }
}
