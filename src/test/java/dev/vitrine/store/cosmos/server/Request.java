package dev.vitrine.store.cosmos.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the SDK asks.
///
/// @param path decoded segments: `dbs`, `vitrine`, `colls`, `customers`
@SuppressWarnings("ArrayRecordComponent")
record Request(String method, List<String> path, Map<String, String> headers, byte[] body) {

    static Request of(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        List<String> path = Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        return new Request(
                exchange.getRequestMethod(),
                path,
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    /// Null where it is absent or empty.
    @Nullable
    String header(String name) {
        String value = headers.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    boolean flag(String name) {
        return "true".equalsIgnoreCase(headers.get(name));
    }

    boolean is(String name, String value) {
        return value.equalsIgnoreCase(headers.get(name));
    }

    /// The rest of the path.
    Request below(int segments) {
        return new Request(method, path.subList(segments, path.size()), headers, body);
    }
}
