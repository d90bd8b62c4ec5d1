package dev.vitrine.openapi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request and its answer, as they are on the wire.
///
/// @param path raw
/// @param query raw; null: none
/// @param asked headers of the request by lower-case name
/// @param sent what was read of the request's body
/// @param headers of the answer by lower-case name
/// @param body null: too long to be kept, or cut off
record Exchange(
        String method,
        String path,
        @Nullable String query,
        Map<String, List<String>> asked,
        byte[] sent,
        int status,
        Map<String, List<String>> headers,
        byte @Nullable [] body) {

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    boolean hasBody() {
        return !method.equals("HEAD") && status != 204 && status != 304;
    }

    @Nullable
    String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.getFirst();
    }

    @Nullable
    String askedHeader(String name) {
        List<String> values = asked.get(name);
        return values == null ? null : values.getFirst();
    }

    @Override
    public String toString() {
        return method + " " + path + (query == null ? "" : "?" + query) + " -> " + status;
    }
}
