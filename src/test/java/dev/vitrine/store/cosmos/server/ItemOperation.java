package dev.vitrine.store.cosmos.server;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Something to do with one document, asked by itself, in a batch or in bulk.
///
/// @param key partition key; null: as the document has it
/// @param id null: as the document has it
/// @param body the document, or the patch
record ItemOperation(
        Operation kind,
        @Nullable ArrayNode key,
        @Nullable String id,
        @Nullable ObjectNode body,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch) {

    static ItemOperation of(Operation kind, Request request) {
        String key = request.header("x-ms-documentdb-partitionkey");
        return new ItemOperation(
                kind,
                key == null ? null : (ArrayNode) Json.read(key),
                request.path().size() > 1 ? request.path().get(1) : null,
                request.body().length == 0 ? null : Json.readObject(request.body()),
                request.header("If-Match"),
                request.header("If-None-Match"));
    }

    /// @param batchKey the partition key of a batch; null in bulk, where each operation has its own
    static ItemOperation of(JsonNode operation, @Nullable ArrayNode batchKey) {
        String key = operation.path("partitionKey").asString(null);
        return new ItemOperation(
                Operation.valueOf(operation.path("operationType").stringValue().toUpperCase(Locale.ROOT)),
                key == null ? batchKey : (ArrayNode) Json.read(key),
                operation.path("id").asString(null),
                operation.get("resourceBody") instanceof ObjectNode body ? body : null,
                operation.path("ifMatch").asString(null),
                operation.path("ifNoneMatch").asString(null));
    }
}
