package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.store.SyncStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The control item of a table: the pointer to what is served, and who may change it.
///
/// @param stamp grows with every change: of two states the one with the greater is the newer
/// @param token the newest fencing token that was seen
/// @param lastGeneration number of the newest generation
/// @param lastLetter id of the newest letter
/// @param retired generations that were served before, which readers may still be at
record TableState(
        long stamp,
        long token,
        long lastGeneration,
        long lastLetter,
        @Nullable Generation served,
        @Nullable Building building,
        List<Retired> retired,
        SyncStatus status) {

    /// @param since when something else took its place
    record Retired(String container, Instant since) {}

    TableState {
        retired = List.copyOf(retired);
    }

    /// Of a table that nobody wrote to yet.
    static ObjectNode first(String id, String address) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("p", id)
                .put("address", address)
                .put("stamp", 0)
                // as text: the service's numbers are doubles
                .put("token", "0")
                .put("lastGeneration", 0)
                .put("lastLetter", 0);
    }

    static TableState of(JsonNode item) {
        List<Retired> retired = new ArrayList<>();
        item.path("retired")
                .forEach(one -> retired.add(new Retired(
                        one.path("container").textValue(),
                        Instant.parse(one.path("since").textValue()))));
        return new TableState(
                item.path("stamp").longValue(),
                Long.parseLong(item.path("token").textValue()),
                item.path("lastGeneration").longValue(),
                item.path("lastLetter").longValue(),
                item.path("served").isObject() ? Generation.of(item.path("served")) : null,
                item.path("building").isObject() ? Building.of(item.path("building")) : null,
                retired,
                StatusText.read(item.path("status")));
    }

    static ArrayNode json(List<Retired> retired) {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        retired.forEach(one -> node.addObject()
                .put("container", one.container())
                .put("since", one.since().toString()));
        return node;
    }
}
