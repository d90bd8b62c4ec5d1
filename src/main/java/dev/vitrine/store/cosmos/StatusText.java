package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.store.SyncStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The worker's state as JSON.
final class StatusText {

    private StatusText() {}

    static ObjectNode of(SyncStatus status) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("state", status.state().name())
                .put("message", status.message())
                .put("latestVersion", status.latestVersion());
        put(node, "behindSince", status.behindSince());
        put(node, "lastLook", status.lastLook());
        put(node, "at", status.at());
        SyncStatus.Load load = status.load();
        if (load != null) {
            put(
                    node.putObject("load")
                            .put("version", load.version())
                            .put("rows", load.rows())
                            .put("rowsPerSecond", load.rowsPerSecond())
                            .put("shareDone", load.shareDone()),
                    "started",
                    load.started());
        }
        SyncStatus.Hold hold = status.hold();
        if (hold != null) {
            put(
                    node.putObject("hold")
                            .put("guard", hold.guard().name())
                            .put("version", hold.version())
                            .put("rebuild", hold.rebuild())
                            .put("reason", hold.reason()),
                    "since",
                    hold.since());
        }
        SyncStatus.Failure failure = status.lastFailure();
        if (failure != null) {
            put(node.putObject("failure").put("message", failure.message()), "at", failure.at());
        }
        return node;
    }

    private static void put(ObjectNode node, String name, @Nullable Instant instant) {
        node.put(name, instant == null ? null : instant.toString());
    }

    static SyncStatus read(JsonNode node) {
        if (!node.isObject()) {
            return SyncStatus.unknown();
        }
        JsonNode load = node.path("load");
        JsonNode hold = node.path("hold");
        JsonNode failure = node.path("failure");
        return new SyncStatus(
                SyncStatus.State.valueOf(node.path("state").textValue()),
                node.path("message").textValue(),
                node.path("latestVersion").longValue(),
                instantOrNull(node, "behindSince"),
                load.isObject()
                        ? new SyncStatus.Load(
                                load.path("version").longValue(),
                                load.path("rows").longValue(),
                                load.path("rowsPerSecond").doubleValue(),
                                load.path("shareDone").doubleValue(),
                                instant(load, "started"))
                        : null,
                hold.isObject()
                        ? new SyncStatus.Hold(
                                SyncStatus.Guard.valueOf(hold.path("guard").textValue()),
                                hold.path("version").longValue(),
                                hold.path("rebuild").booleanValue(),
                                hold.path("reason").textValue(),
                                instant(hold, "since"))
                        : null,
                failure.isObject()
                        ? new SyncStatus.Failure(failure.path("message").textValue(), instant(failure, "at"))
                        : null,
                instantOrNull(node, "lastLook"),
                instant(node, "at"));
    }

    private static Instant instant(JsonNode node, String name) {
        return Instant.parse(node.path(name).textValue());
    }

    private static @Nullable Instant instantOrNull(JsonNode node, String name) {
        return node.hasNonNull(name) ? instant(node, name) : null;
    }
}
