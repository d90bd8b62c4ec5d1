package dev.vitrine.store.cosmos.server;

import dev.vitrine.store.cosmos.server.sql.Query;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Operations on single documents, with the service's limits and conditions.
record Documents(Container container) {

    private static final int MAX_ID_BYTES = 1023;
    private static final int MAX_DOCUMENT_BYTES = 2 * 1024 * 1024;

    /// @throws Refusal if it cannot be done
    Outcome apply(ItemOperation operation) {
        return container.exclusively(() -> switch (operation.kind()) {
            case CREATE -> create(operation, body(operation), null);
            case UPSERT -> upsert(operation);
            case READ -> read(operation, existing(operation));
            case REPLACE -> replace(operation, existing(operation), body(operation));
            case PATCH -> patch(operation);
            case DELETE -> delete(operation);
            default -> throw Refusal.badRequest(operation.kind() + " is no operation on a document");
        });
    }

    private Outcome create(ItemOperation operation, ObjectNode body, @Nullable Item expected) {
        ArrayNode key = key(operation, body);
        Item before = find(key, id(body));
        if (before != expected) {
            throw Refusal.conflict(id(body));
        }
        Item item = container.put(key, body, null);
        int size = item.size();
        return new Outcome(
                201,
                0,
                new Container.Change(null, item),
                item,
                Charges.create(size, container.indexing().entries(body)));
    }

    private Outcome upsert(ItemOperation operation) {
        ObjectNode body = body(operation);
        Item before = find(key(operation, body), id(body));
        if (before != null) {
            return replace(operation, before, body);
        }
        if (operation.ifMatch() != null) {
            throw Refusal.badRequest("What an upsert with If-Match does where nothing is, this server does not know");
        }
        return create(operation, body, null);
    }

    /// Reads what a replica has, as the request's session token allows.
    Outcome read(ItemOperation operation, Request request) {
        Partition replica = Sessions.readable(container.partition(epk(operation)), request);
        Item item = operation.id() == null ? null : container.get(replica, epk(operation), operation.id());
        if (item == null) {
            throw Refusal.notFound(String.valueOf(operation.id()));
        }
        return read(operation, item);
    }

    /// The effective partition key of a document that an operation is about.
    String epk(ItemOperation operation) {
        ArrayNode key = operation.key();
        if (key == null) {
            throw Refusal.badRequest("PartitionKey value must be supplied for this operation.");
        }
        return container.key().epk(key);
    }

    private static Outcome read(ItemOperation operation, Item item) {
        if (item.etag().equals(operation.ifNoneMatch())) {
            return new Outcome(304, 0, null, item, 1);
        }
        return new Outcome(200, 0, null, item, Charges.read(item.size()));
    }

    private Outcome replace(ItemOperation operation, Item before, ObjectNode body) {
        matches(operation, before);
        if (!id(body).equals(before.id())) {
            throw Refusal.badRequest("The id in the body is not the one in the address: " + id(body));
        }
        Item item = container.put(key(operation, body), body, before);
        return new Outcome(
                200,
                0,
                new Container.Change(before, item),
                item,
                Charges.replace(item.size(), container.indexing().entries(body)));
    }

    private Outcome patch(ItemOperation operation) {
        Item before = existing(operation);
        ObjectNode patch = body(operation);
        String condition = patch.path("condition").asString(null);
        if (condition != null && !Query.parse("SELECT * " + condition, Map.of()).selects(before.document())) {
            throw Refusal.preconditionFailed();
        }
        ObjectNode changed = Patch.apply(patch, before.document());
        if (!container.key().keyOf(changed).equals(container.key().keyOf(before.document()))) {
            throw Refusal.badRequest("A patch cannot change the partition key");
        }
        return replace(operation, before, checked(changed));
    }

    private Outcome delete(ItemOperation operation) {
        Item before = existing(operation);
        matches(operation, before);
        container.remove(before);
        return new Outcome(
                204,
                0,
                new Container.Change(before, null),
                null,
                Charges.delete(before.size(), container.indexing().entries(before.document())));
    }

    private Item existing(ItemOperation operation) {
        ArrayNode key = operation.key();
        String id = operation.id() != null ? operation.id() : operation.body() == null ? null : id(operation.body());
        if (key == null || id == null) {
            throw Refusal.badRequest("PartitionKey value must be supplied for this operation.");
        }
        Item item = find(key, id);
        if (item == null) {
            throw Refusal.notFound(id);
        }
        return item;
    }

    private @Nullable Item find(ArrayNode key, String id) {
        if (key.size() != container.key().paths().size()) {
            throw Refusal.of(400, 1001, "The partition key " + key + " has not as many parts as " + container.key());
        }
        String epk = container.key().epk(key);
        return container.get(container.partition(epk), epk, id);
    }

    private static void matches(ItemOperation operation, Item before) {
        String expected = operation.ifMatch();
        if (expected != null && !expected.equals("*") && !expected.equals(before.etag())) {
            throw Refusal.preconditionFailed();
        }
    }

    /// The key that the document has; the one that was asked for has to be the same.
    private ArrayNode key(ItemOperation operation, ObjectNode body) {
        ArrayNode key = container.key().keyOf(body);
        if (operation.key() != null && !operation.key().equals(key)) {
            throw Refusal.of(
                    400,
                    1001,
                    "PartitionKey extracted from document doesn't match the one specified in the header: %s, %s"
                            .formatted(key, operation.key()));
        }
        return key;
    }

    private static ObjectNode body(ItemOperation operation) {
        ObjectNode body = operation.body();
        if (body == null) {
            throw Refusal.badRequest("The request body is missing");
        }
        return operation.kind() == Operation.PATCH ? body : checked(body);
    }

    private static ObjectNode checked(ObjectNode document) {
        String id = id(document);
        if (id.isEmpty()
                || id.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES
                || id.chars().anyMatch(next -> next == '/' || next == '\\' || next == '?' || next == '#')
                || id.endsWith(" ")) {
            throw Refusal.badRequest("The id '%s' is invalid: 1 to %d bytes, none of / \\ ? #, no space at its end"
                    .formatted(id, MAX_ID_BYTES));
        }
        int size = Json.bytes(document).length;
        if (size > MAX_DOCUMENT_BYTES) {
            throw Refusal.tooLarge("Request size is too large: " + size + " bytes");
        }
        return document;
    }

    private static String id(ObjectNode document) {
        JsonNode id = document.path("id");
        if (!id.isString()) {
            throw Refusal.badRequest(
                    "The input content is invalid because the required properties - 'id; ' - are missing");
        }
        return id.stringValue();
    }
}
