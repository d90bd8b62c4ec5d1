package dev.vitrine.store.cosmos.server;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON as Cosmos DB keeps it: every number is an IEEE double, so that digits that do not fit are lost here as there.
final class Json {

    /// The value of what is not there.
    static final JsonNode UNDEFINED = MissingNode.getInstance();

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final double WHOLE = 0x1p53;

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static JsonNode read(byte[] text) {
        try {
            return stored(MAPPER.readTree(text));
        } catch (JacksonException e) {
            throw Refusal.badRequest("The request body is no JSON: " + e.getOriginalMessage());
        }
    }

    static JsonNode read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    static ObjectNode readObject(byte[] text) {
        if (read(text) instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.badRequest("The request body is no JSON object");
    }

    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    static JsonNode number(double number) {
        return number == Math.rint(number) && Math.abs(number) <= WHOLE
                ? LongNode.valueOf((long) number)
                : DoubleNode.valueOf(number);
    }

    private static JsonNode stored(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = object();
                object.properties().forEach(member -> copy.set(member.getKey(), stored(member.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = array();
                array.forEach(element -> copy.add(stored(element)));
                yield copy;
            }
            default -> node.isNumber() ? number(node.doubleValue()) : node;
        };
    }
}
