package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.Layout;
import dev.vitrine.store.StoreFailure;
import java.util.List;

/// One complete load of a table, in a container of its own.
///
/// @param number grows with the loads of a table
/// @param container name of the container
/// @param tableId Delta's id of the table
/// @param columns texts of the indexed columns that it was made with; their positions are the names in its items
/// @param composites the combinations that it can sort by, as [Policy] names them
/// @param paths what the container is partitioned by, as the service says
record Generation(
        long number,
        String container,
        String tableId,
        List<String> columns,
        List<String> composites,
        List<String> paths,
        Standing at) {

    /// Of all generations that were made before contracts were asked.
    private static final List<String> BY_KEY = List.of("/p");

    Generation {
        columns = List.copyOf(columns);
        composites = List.copyOf(composites);
        paths = List.copyOf(paths);
    }

    Generation at(Standing moved) {
        return new Generation(number, container, tableId, columns, composites, paths, moved);
    }

    Layout layout() {
        return new Layout(at.layout());
    }

    /// @param parts how many the key has
    Placement placement(int parts) {
        return Placement.ofPaths(paths, parts)
                .orElseThrow(() -> new StoreFailure(
                        "container %s is partitioned by %s, which nobody asked for; drop it and the table is loaded again"
                                .formatted(container, String.join(", ", paths))));
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
        paths.forEach(node.putArray("paths")::add);
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
                node.hasNonNull("paths") ? Standing.texts(node.path("paths")) : BY_KEY,
                Standing.of(node.path("at")));
    }
}
