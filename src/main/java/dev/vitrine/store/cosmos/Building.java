package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.store.Kept;
import dev.vitrine.store.Origin;
import dev.vitrine.store.Sealed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A generation that is not served yet.
///
/// @param files of the snapshot that are in whole
/// @param rows of these files
/// @param sealed null: not yet
/// @param at when this was written
record Building(
        Generation generation,
        Origin origin,
        int files,
        long rows,
        @Nullable Sealed sealed,
        Instant at) {

    Kept kept() {
        return new Kept(files, rows, sealed != null);
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("files", files)
                .put("rows", rows)
                .put("at", at.toString());
        node.set("generation", generation.json());
        ObjectNode from =
                node.putObject("origin").put("tableId", origin.tableId()).put("commitFile", origin.commitFile());
        Standing.put(from, origin.revision());
        if (sealed != null) {
            node.putObject("sealed").put("rows", sealed.rows()).put("letters", sealed.letters());
        }
        return node;
    }

    static Building of(JsonNode node) {
        JsonNode from = node.path("origin");
        JsonNode sealed = node.path("sealed");
        return new Building(
                Generation.of(node.path("generation")),
                new Origin(
                        from.path("tableId").textValue(),
                        Standing.revision(from),
                        from.path("commitFile").textValue()),
                node.path("files").intValue(),
                node.path("rows").longValue(),
                sealed.isObject()
                        ? new Sealed(
                                sealed.path("rows").longValue(),
                                sealed.path("letters").longValue())
                        : null,
                Instant.parse(node.path("at").textValue()));
    }
}
