package dev.vitrine.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Optional;

/// What the header `Prefer` (RFC 7240) asks for; preferences that are not known are ignored, as it says.
final class Preferences {

    private Preferences() {}

    /// Whether the total is wanted: `Prefer: count=exact`.
    static boolean count(HttpServletRequest request) {
        return value(request, "count").filter("exact"::equals).isPresent();
    }

    /// How many seconds the caller is ready to wait: `Prefer: wait=10`; 0 if that is not said or not a number.
    static int wait(HttpServletRequest request) {
        return value(request, "wait")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::valueOf)
                .orElse(0);
    }

    private static Optional<String> value(HttpServletRequest request, String name) {
        Enumeration<String> headers = request.getHeaders("Prefer");
        while (headers.hasMoreElements()) {
            for (String preference : headers.nextElement().split(",")) {
                String plain = preference.split(";", 2)[0].replace("\"", "").replace(" ", "");
                String lower = plain.toLowerCase(Locale.ROOT);
                if (lower.startsWith(name + '=')) {
                    return Optional.of(lower.substring(name.length() + 1));
                }
            }
        }
        return Optional.empty();
    }
}
