package dev.vitrine.graphql;

import dev.vitrine.contract.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a caller may be told of the tables of the test contract, worked out row by row from the words of the design
/// alone: a scope opens rows and classes of fields, and a row shows the classes of the roles whose filter it meets.
///
/// @param roles of the caller
/// @param rows of all collections by key, in its order, as somebody sees them to whom everything is open
record Allowed(List<Opening> roles, Map<String, Map<String, JsonNode>> rows) {

    static final String RESTRICTED = "restricted";

    /// A role, with its filters as tests of rows, by collection; none: all rows of all collections.
    record Opening(Role role, Map<String, Predicate<JsonNode>> tests) {

        boolean opens(String collection) {
            return tests.isEmpty() || tests.containsKey(collection);
        }

        boolean opens(String collection, JsonNode row) {
            return tests.isEmpty()
                    || tests.getOrDefault(collection, closed -> false).test(row);
        }

        boolean shows() {
            return role.classifications().contains(RESTRICTED);
        }
    }

    boolean isClosed(String collection) {
        return roles.stream().noneMatch(role -> role.opens(collection));
    }

    /// Whether the restricted fields of a collection are there for the caller.
    boolean knows(String collection) {
        return roles.stream().anyMatch(role -> role.shows() && role.opens(collection));
    }

    /// Whether the restricted fields of this row are.
    boolean shows(String collection, JsonNode row) {
        return roles.stream().anyMatch(role -> role.shows() && role.opens(collection, row));
    }

    /// The rows that the caller may see, as he may see them.
    ///
    /// @param wanted looks at rows with everything that is in them
    Map<String, JsonNode> of(String collection, Predicate<JsonNode> wanted) {
        Map<String, JsonNode> seen = new LinkedHashMap<>();
        Objects.requireNonNull(rows.get(collection)).forEach((key, row) -> {
            if (wanted.test(row) && roles.stream().anyMatch(role -> role.opens(collection, row))) {
                seen.put(key, shows(collection, row) ? row : publicPart(row));
            }
        });
        return seen;
    }

    private static JsonNode publicPart(JsonNode row) {
        ObjectNode part = (ObjectNode) row.deepCopy();
        // there is nothing but an e-mail address in contact
        part.remove(List.of("balance", "phone", "contact", "managerId"));
        part.path("lines").valueStream().forEach(line -> {
            if (line instanceof ObjectNode object) {
                object.remove("price");
            }
        });
        return part;
    }
}
