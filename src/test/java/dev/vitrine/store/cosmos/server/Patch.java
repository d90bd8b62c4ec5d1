package dev.vitrine.store.cosmos.server;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes parts of a document: add, set, replace, remove, incr, move.
final class Patch {

    private static final int MAX_OPERATIONS = 10;

    private final ObjectNode document;

    private Patch(ObjectNode document) {
        this.document = document;
    }

    /// A changed copy.
    static ObjectNode apply(ObjectNode patch, ObjectNode document) {
        JsonNode operations = patch.path("operations");
        if (operations.isEmpty() || operations.size() > MAX_OPERATIONS) {
            throw Refusal.badRequest("A patch has 1 to " + MAX_OPERATIONS + " operations");
        }
        Patch changed = new Patch(document.deepCopy());
        operations.forEach(changed::apply);
        return changed.document;
    }

    private void apply(JsonNode operation) {
        List<String> path = path(operation.path("path"));
        JsonNode value = operation.path("value");
        switch (operation.path("op").stringValue()) {
            case "add" -> put(path, value, true);
            case "set" -> put(path, value, false);
            case "replace" -> {
                required(path);
                put(path, value, false);
            }
            case "remove" -> {
                required(path);
                remove(path);
            }
            case "incr" -> put(path, Json.number(at(path).asDouble(0) + value.doubleValue()), false);
            case "move" -> {
                List<String> from = path(operation.path("from"));
                JsonNode moved = required(from);
                remove(from);
                put(path, moved, false);
            }
            default -> throw Refusal.badRequest("unknown patch operation " + operation);
        }
    }

    private static List<String> path(JsonNode path) {
        return Arrays.asList(path.stringValue().substring(1).split("/"));
    }

    private JsonNode at(List<String> path) {
        JsonNode node = document;
        for (String name : path) {
            node = node instanceof ArrayNode ? node.path(Integer.parseInt(name)) : node.path(name);
        }
        return node;
    }

    private JsonNode required(List<String> path) {
        JsonNode node = at(path);
        if (node.isMissingNode()) {
            throw Refusal.badRequest("For Operation(1): Path does not exist: " + path);
        }
        return node;
    }

    private void put(List<String> path, JsonNode value, boolean insert) {
        String last = path.getLast();
        switch (at(path.subList(0, path.size() - 1))) {
            case ObjectNode parent -> parent.set(last, value);
            case ArrayNode parent -> {
                if (last.equals("-")) {
                    parent.add(value);
                } else if (insert) {
                    parent.insert(Integer.parseInt(last), value);
                } else {
                    parent.set(Integer.parseInt(last), value);
                }
            }
            default ->
                throw Refusal.badRequest("Add Operation can only create a child object of an existing node: " + path);
        }
    }

    private void remove(List<String> path) {
        String last = path.getLast();
        switch (at(path.subList(0, path.size() - 1))) {
            case ObjectNode parent -> parent.remove(last);
            case ArrayNode parent -> parent.remove(Integer.parseInt(last));
            default -> throw Refusal.badRequest("nothing to remove at " + path);
        }
    }
}
