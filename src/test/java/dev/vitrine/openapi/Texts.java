package dev.vitrine.openapi;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Values that stand in addresses and headers as text, whatever their type.
final class Texts {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Texts() {}

    /// What is wrong with a value, by the schema there. To look for a value that no row can have is not wrong.
    static List<String> check(Document document, String schema, String text, String where) {
        return document
                .check(schema, value(document.at(document.resolved(schema)).path("type"), text))
                .stream()
                .filter(error -> !error.getKeyword().equals("enum"))
                .map(error -> "%s = %s: %s".formatted(where, text, error))
                .toList();
    }

    private static JsonNode value(JsonNode type, String text) {
        List<String> types = Stream.concat(Stream.of(type), type.valueStream())
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .toList();
        try {
            if (types.contains("integer") || types.contains("number")) {
                return NODES.numberNode(new BigDecimal(text));
            }
        } catch (NumberFormatException none) {
            return NODES.stringNode(text);
        }
        boolean truth = types.contains("boolean") && (text.equals("true") || text.equals("false"));
        return truth ? NODES.booleanNode(text.equals("true")) : NODES.stringNode(text);
    }
}
