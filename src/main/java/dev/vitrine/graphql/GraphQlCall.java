package dev.vitrine.graphql;

import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The parameters of a request; exactly one of the document and its id is there.
///
/// @param variables numbers in them have every digit
record GraphQlCall(
        @Nullable String query,
        @Nullable String documentId,
        @Nullable String operationName,
        Map<String, @Nullable Object> variables,
        Map<String, @Nullable Object> extensions) {

    private static final int MAX_BYTES = 256 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /// From the body of a POST.
    ///
    /// @throws CannotRun if it is no request
    /// @throws Refusal if it is too large, or not JSON by its header
    static GraphQlCall ofBody(HttpServletRequest request) throws IOException {
        requireJson(request.getContentType());
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            throw new Refusal(
                    ProblemType.REQUEST_TOO_LARGE, "The request has more than %d bytes.".formatted(MAX_BYTES));
        }
        return of(object("body", new String(body, StandardCharsets.UTF_8)));
    }

    /// From the address of a GET.
    ///
    /// @throws CannotRun if it is no request
    static GraphQlCall ofAddress(HttpServletRequest request) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        for (String name : new String[] {"query", "documentId", "operationName"}) {
            parameters.put(name, parameter(request, name));
        }
        for (String name : new String[] {"variables", "extensions"}) {
            String text = parameter(request, name);
            parameters.put(name, text == null || text.isEmpty() ? null : object(name, text));
        }
        return of(parameters);
    }

    private static GraphQlCall of(Map<String, @Nullable Object> parameters) {
        String query = text(parameters, "query");
        String documentId = text(parameters, "documentId");
        if ((query == null) == (documentId == null)) {
            throw malformed(
                    query == null
                            ? "query is missing: the GraphQL document as a string; or the documentId of a persisted one"
                            : "query and documentId are both given: send one of them");
        }
        String operationName = text(parameters, "operationName");
        return new GraphQlCall(
                query,
                documentId,
                operationName == null || operationName.isEmpty() ? null : operationName,
                map(parameters, "variables"),
                map(parameters, "extensions"));
    }

    private static void requireJson(@Nullable String contentType) {
        try {
            if (contentType != null) {
                MediaType type = MediaType.parseMediaType(contentType);
                boolean utf8 = type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
                if (type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON) && utf8) {
                    return;
                }
            }
        } catch (IllegalArgumentException unreadable) {
            // refused below like any other
        }
        throw new Refusal(
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                contentType == null
                        ? "The request says not what its body is: send Content-Type: application/json."
                        : "Content-Type: %s is not taken here: send application/json.".formatted(contentType));
    }

    private static @Nullable String parameter(HttpServletRequest request, String name) {
        String[] values;
        try {
            values = request.getParameterValues(name);
        } catch (IllegalStateException unreadable) {
            throw malformed("the address has a percent sign that encodes nothing, or bytes that are no UTF-8");
        }
        if (values != null && values.length > 1) {
            throw malformed(name + " is given more than once");
        }
        return values == null ? null : values[0];
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(String what, String text) {
        Object value;
        try {
            value = JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            throw malformed("the %s is not JSON: %s".formatted(what, e.getOriginalMessage()));
        }
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw malformed("the %s is JSON, but no object".formatted(what));
    }

    private static @Nullable String text(Map<String, @Nullable Object> parameters, String name) {
        Object value = parameters.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw malformed(name + " is no string");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(Map<String, @Nullable Object> parameters, String name) {
        Object value = parameters.get(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw malformed(name + " is no object");
    }

    private static CannotRun malformed(String message) {
        return new CannotRun(ProblemType.MALFORMED_REQUEST, message);
    }
}
