package dev.vitrine.openapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Holds an answer against its description.
///
/// @param found what is wrong is added here
record AnswerCheck(Document document, List<String> found) {

    private static final String PROBLEM = "/components/schemas/Problem";
    private static final String PROBLEM_TYPE = "application/problem+json";

    /// Headers that say something about the data, beside those that the document names somewhere.
    private static final Set<String> TELLING = Set.of("Age", "Location");

    /// @param answer where it is described
    void headers(Exchange exchange, String answer) {
        JsonNode described = document.at(answer).path("headers");
        for (String name : described.propertyNames()) {
            String header = document.resolved(answer + "/headers/" + name);
            List<String> values = exchange.headers().get(name.toLowerCase(Locale.ROOT));
            if (values == null) {
                if (document.at(header).path("required").asBoolean(false)) {
                    found.add("the header " + name + " is missing");
                }
            } else {
                values.forEach(
                        value -> found.addAll(Texts.check(document, header + "/schema", value, "header " + name)));
            }
        }
        Set<String> telling = new HashSet<>(TELLING);
        telling.addAll(document.at("/components/headers").propertyNames());
        telling.stream()
                .filter(name -> exchange.headers().containsKey(name.toLowerCase(Locale.ROOT)) && !described.has(name))
                .forEach(name -> found.add("the header " + name + " is not described"));
    }

    /// Whatever the address: every failure is a problem.
    void problem(Exchange exchange) {
        byte[] body = exchange.body();
        if (!PROBLEM_TYPE.equals(exchange.header("content-type"))) {
            found.add("a failure is answered as " + exchange.header("content-type"));
        } else if (body != null) {
            JsonNode problem = Document.json(body);
            found.addAll(document.checkAll(PROBLEM, problem, false));
            if (problem.path("status").asInt() != exchange.status()) {
                found.add("the problem's status is " + problem.path("status"));
            }
        }
    }

    /// @param answer where it is described
    /// @param madeUp whether its content need not fit
    void body(Exchange exchange, String answer, boolean madeUp) {
        String type = exchange.header("content-type");
        if (type == null) {
            found.add("the answer has no content type");
            return;
        }
        MediaType mediaType = MediaType.parseMediaType(type);
        String name = mediaType.getType() + '/' + mediaType.getSubtype();
        String content = answer + "/content/" + Document.escaped(name);
        byte[] body = exchange.body();
        if (!document.has(content)) {
            found.add("the content type " + name + " is not described");
        } else if (body != null && !madeUp) {
            boolean chosen = exchange.query() != null && exchange.query().contains("fields=");
            String text = new String(body, StandardCharsets.UTF_8);
            try {
                switch (name) {
                    case "application/jsonl" -> lines(text, item(answer), chosen);
                    case "text/csv" -> columns(text, item(answer));
                    default -> found.addAll(document.checkAll(content + "/schema", Document.json(text), chosen));
                }
            } catch (JacksonException e) {
                found.add("the body is no JSON: " + e.getOriginalMessage());
            }
        }
    }

    /// Lines are the items of the page that the same address has as JSON.
    private String item(String answer) {
        String page = document.resolved(answer + "/content/application~1json/schema");
        return document.resolved(page + "/properties/items/items");
    }

    private void lines(String text, String item, boolean chosen) {
        text.lines().forEach(line -> found.addAll(document.checkAll(item, Document.json(line), chosen)));
    }

    private void columns(String text, String item) {
        String header = text.lines().findFirst().orElse("");
        Arrays.stream(header.split(",", -1))
                .map(name -> name.replace("\"", ""))
                .filter(name -> !hasField(item, name))
                .forEach(name -> found.add("the column " + name + " is not described"));
    }

    /// Whether the schema has a field of that path: `contact.email`.
    private boolean hasField(String schema, String path) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        String property = schema + "/properties/" + Document.escaped(name);
        if (!document.has(property)) {
            return false;
        }
        String plain = document.has(property + "/anyOf/0") ? property + "/anyOf/0" : property;
        return dot < 0 || hasField(document.resolved(plain), path.substring(dot + 1));
    }
}
