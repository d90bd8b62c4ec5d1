package dev.vitrine.access.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// Reads the header `traceparent` (W3C Trace Context).
final class TraceParent {

    private static final String NONE = "00000000000000000000000000000000";
    private static final int START = 3;
    private static final int END = START + 32;

    private TraceParent() {}

    /// The id of the caller's trace; null without one, or where the header is not as it should be.
    static @Nullable String traceId(HttpServletRequest request) {
        String header = request.getHeader("traceparent");
        if (header == null
                || header.length() < END + 1
                || header.charAt(START - 1) != '-'
                || header.charAt(END) != '-') {
            return null;
        }
        for (int at = START; at < END; at++) {
            char digit = header.charAt(at);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return null;
            }
        }
        String id = header.substring(START, END);
        return id.equals(NONE) ? null : id;
    }
}
