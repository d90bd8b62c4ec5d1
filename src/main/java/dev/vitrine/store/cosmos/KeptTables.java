package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.CosmosPatchOperations;
import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tables of which something may be kept, by their control items, and since when no contract names them. Threads
/// may share it.
record KeptTables(ControlContainer control) {

    private static final String WITHDRAWN = "withdrawn";

    /// See [dev.vitrine.store.EntityStore#withdrawn(Set, Instant)]. Writes only what changes.
    SortedMap<String, Instant> withdrawn(Set<String> named, Instant now) {
        SortedMap<String, Instant> withdrawn = new TreeMap<>();
        for (ObjectNode item : all()) {
            String address = item.path("address").textValue();
            Instant since = since(item);
            Instant next = named.contains(address) ? null : since == null ? now : since;
            if (!Objects.equals(next, since)) {
                note(item, next);
            }
            if (next != null) {
                withdrawn.put(address, next);
            }
        }
        return withdrawn;
    }

    SortedMap<String, Instant> withdrawn() {
        SortedMap<String, Instant> withdrawn = new TreeMap<>();
        for (ObjectNode item : all()) {
            Instant since = since(item);
            if (since != null) {
                withdrawn.put(item.path("address").textValue(), since);
            }
        }
        return withdrawn;
    }

    private Iterable<ObjectNode> all() {
        return control.query(new SqlQuerySpec("SELECT c.id, c.address, c.withdrawn FROM c WHERE IS_STRING(c.address)"));
    }

    private static @Nullable Instant since(ObjectNode item) {
        JsonNode since = item.path(WITHDRAWN);
        return since.isTextual() ? Instant.parse(since.textValue()) : null;
    }

    private void note(ObjectNode item, @Nullable Instant since) {
        String id = item.path("id").textValue();
        JsonNode text = since == null ? NullNode.instance : new TextNode(since.toString());
        // one that was erased meanwhile stays away
        control.patch(
                id, id, CosmosPatchOperations.create().set("/" + WITHDRAWN, text), "FROM c WHERE IS_STRING(c.address)");
    }
}
