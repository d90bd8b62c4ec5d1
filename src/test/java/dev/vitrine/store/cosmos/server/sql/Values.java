package dev.vitrine.store.cosmos.server.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.MissingNode;

/// How values compare. A sort knows all of them, in the order of their types; a comparison knows only two of one type
/// and is undefined for others.
public final class Values {

    /// The value of what is not there.
    public static final JsonNode UNDEFINED = MissingNode.getInstance();

    private Values() {}

    static JsonNode of(boolean value) {
        return BooleanNode.valueOf(value);
    }

    static boolean isTrue(JsonNode value) {
        return value.isBoolean() && value.booleanValue();
    }

    static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.booleanValue();
    }

    /// As a sort has them: undefined, null, false, true, numbers, strings, arrays, objects.
    public static int sort(JsonNode left, JsonNode right) {
        int types = Integer.compare(rank(left), rank(right));
        return types != 0 ? types : sameType(left, right);
    }

    /// Whether `<` knows them.
    static boolean comparable(JsonNode left, JsonNode right) {
        return rank(left) == rank(right) && rank(left) > 0 && !left.isContainer();
    }

    /// `=`: undefined for values of different types.
    static JsonNode equal(JsonNode left, JsonNode right) {
        if (left.isMissingNode() || right.isMissingNode() || rank(left) != rank(right)) {
            return UNDEFINED;
        }
        return of(left.isContainer() ? left.equals(right) : sameType(left, right) == 0);
    }

    private static int sameType(JsonNode left, JsonNode right) {
        return switch (rank(left)) {
            case 2 -> Boolean.compare(left.booleanValue(), right.booleanValue());
            case 3 -> Double.compare(left.doubleValue(), right.doubleValue());
            case 4 -> Arrays.compareUnsigned(utf8(left), utf8(right));
            default -> 0;
        };
    }

    private static byte[] utf8(JsonNode text) {
        return text.stringValue().getBytes(StandardCharsets.UTF_8);
    }

    private static int rank(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> 1;
            case BOOLEAN -> 2;
            case NUMBER -> 3;
            case STRING -> 4;
            case ARRAY -> 5;
            case OBJECT -> 6;
            default -> 0;
        };
    }
}
