package dev.vitrine.store.cosmos.server.sql;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// The functions that are known.
final class Functions {

    private Functions() {}

    static JsonNode call(String name, List<JsonNode> arguments) {
        return switch (name) {
            case "IS_DEFINED" -> is(arguments, value -> !value.isMissingNode());
            case "IS_NULL" -> is(arguments, JsonNode::isNull);
            case "IS_BOOLEAN" -> is(arguments, JsonNode::isBoolean);
            case "IS_NUMBER" -> is(arguments, JsonNode::isNumber);
            case "IS_STRING" -> is(arguments, JsonNode::isString);
            case "IS_ARRAY" -> is(arguments, JsonNode::isArray);
            case "IS_OBJECT" -> is(arguments, JsonNode::isObject);
            case "STARTSWITH" -> strings(arguments, String::startsWith);
            case "ENDSWITH" -> strings(arguments, String::endsWith);
            case "CONTAINS" -> strings(arguments, String::contains);
            case "ARRAY_CONTAINS" -> arrayContains(arguments.getFirst(), arguments.get(1));
            default -> throw new SqlInvalid("'" + name + "' is not a recognized built-in function name.");
        };
    }

    private static JsonNode is(List<JsonNode> arguments, Predicate<JsonNode> test) {
        return Values.of(test.test(arguments.getFirst()));
    }

    private static JsonNode strings(List<JsonNode> arguments, BiPredicate<String, String> test) {
        JsonNode text = arguments.getFirst();
        JsonNode part = arguments.get(1);
        return text.isString() && part.isString()
                ? Values.of(test.test(text.stringValue(), part.stringValue()))
                : Values.UNDEFINED;
    }

    private static JsonNode arrayContains(JsonNode array, JsonNode value) {
        if (!array.isArray()) {
            return Values.UNDEFINED;
        }
        for (JsonNode element : array) {
            if (Values.isTrue(Values.equal(element, value))) {
                return Values.of(true);
            }
        }
        return Values.of(false);
    }
}
