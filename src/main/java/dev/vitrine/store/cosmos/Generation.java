package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.Layout;
import java.util.List;

/// One complete load of a table, in a container of its own.
///
/// @param number grows with the loads of a table
/// @param container name of the container
/// @param tableId Delta's id of the table
/// @param columns texts of the indexed columns that it was made with; their positions are the names in its items
/// @param composites the combinations that it can sort by, as [Policy] names them
record Generation(
        long number, String container, String tableId, List<String> columns, List<String> composites, Standing at) {

    Generation {
        columns = List.copyOf(columns);
        composites = List.copyOf(composites);
    }

    Generation at(Standing moved) {
        return new Generation(number, container, tableId, columns, composites, moved);
    }

    Layout layout() {
        return new Layout(at.layout());
    }

    Checkpoint checkpoint() {
        return new Checkpoint(
                tableId,
                at.revision(),
                number,
                at.commitFile(),
                layout().fingerprint(),
                at.entities(),
                at.divergedSince());
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("number", number)
                .put("container", container)
                .put("tableId", tableId);
        columns.forEach(node.putArray("columns")::add);
        composites.forEach(node.putArray("composites")::add);
        node.set("at", at.json());
        return node;
    }

    static Generation of(JsonNode node) {
        return new Generation(
                node.path("number").longValue(),
                node.path("container").textValue(),
                node.path("tableId").textValue(),
                Standing.texts(node.path("columns")),
                Standing.texts(node.path("composites")),
                Standing.of(node.path("at")));
    }
}
