package dev.vitrine.openapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/// Holds a request that was answered as asked against the description of its operation.
///
/// @param operation where it is
/// @param found what is wrong is added here
record RequestCheck(Document document, String operation, List<String> found) {

    void check(Exchange exchange, Map<String, String> key) {
        key.forEach((name, value) -> parameter("path", name, value));
        for (String name : List.of("Prefer", "Min-Delta-Table-Version")) {
            String value = exchange.askedHeader(name.toLowerCase(Locale.ROOT));
            if (value != null) {
                parameter("header", name, value);
            }
        }
        String query = exchange.query();
        if (query != null) {
            Arrays.stream(query.split("&")).filter(pair -> !pair.isEmpty()).forEach(this::query);
        }
        if (document.has(operation + "/requestBody")) {
            body(exchange);
        }
    }

    private void query(String pair) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        parameter("query", name, equals < 0 ? "" : pair.substring(equals + 1));
    }

    /// @param value raw in queries: the commas of lists are told by that
    private void parameter(String in, String name, String value) {
        String parameter = find(in, name);
        if (parameter == null) {
            found.add("the %s parameter %s is not described".formatted(in, name));
            return;
        }
        String schema = document.resolved(parameter + "/schema");
        if (document.at(schema).path("type").asString("").equals("array")) {
            String item = document.resolved(schema + "/items");
            // Lists may be joined, whatever the form in which generated clients send them.
            Arrays.stream(value.split(",|%2[Cc]", -1)).forEach(each -> text(item, decoded(each), name));
        } else {
            text(schema, in.equals("query") ? decoded(value) : value, name);
        }
    }

    private void text(String schema, String value, String name) {
        found.addAll(Texts.check(document, schema, value, "parameter " + name));
    }

    /// Every filter of a field may be written with its suffix, as the operation says in words.
    private @Nullable String find(String in, String name) {
        JsonNode parameters = document.at(operation + "/parameters");
        for (int i = 0; i < parameters.size(); i++) {
            JsonNode parameter = parameters.path(i);
            String known = parameter.path("name").asString();
            if (parameter.path("in").asString().equals(in)
                    && (known.equals(name) || (in.equals("query") && name.equals(known + ".eq")))) {
                return operation + "/parameters/" + i;
            }
        }
        return null;
    }

    private void body(Exchange exchange) {
        String type = exchange.askedHeader("content-type");
        MediaType mediaType = MediaType.parseMediaType(type == null ? "*/*" : type);
        String content = operation + "/requestBody/content/"
                + Document.escaped(mediaType.getType() + '/' + mediaType.getSubtype());
        if (document.has(content)) {
            found.addAll(document.checkAll(content + "/schema", Document.json(exchange.sent()), false));
        } else {
            found.add("a body of type " + type + " is not described");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
