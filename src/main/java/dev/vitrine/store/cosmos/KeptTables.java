package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tables of which something may be kept, and since when no contract names them: small items in one logical
/// partition of the control container, so that one cheap query finds all. Threads may share it.
record KeptTables(ControlContainer control) {

    private static final String PLACE = "kept-tables";
    private static final SqlQuerySpec ALL = new SqlQuerySpec("SELECT c.address, c.withdrawn FROM c");

    /// Something is about to be kept.
    void add(String address) {
        control.create(item(address, null));
    }

    /// Nothing is kept any more.
    void remove(String address) {
        control.delete(id(address), PLACE);
    }

    /// See [dev.vitrine.store.EntityStore#withdrawn(Set, Instant)]. Writes only what changes.
    SortedMap<String, Instant> withdrawn(Set<String> named, Instant now) {
        SortedMap<String, Instant> withdrawn = new TreeMap<>();
        for (ObjectNode item : control.query(ALL, PLACE)) {
            String address = item.path("address").textValue();
            Instant since = since(item);
            Instant next = named.contains(address) ? null : since == null ? now : since;
            if (!Objects.equals(next, since)) {
                control.upsert(item(address, next));
            }
            if (next != null) {
                withdrawn.put(address, next);
            }
        }
        return withdrawn;
    }

    /// The same as noted last.
    SortedMap<String, Instant> withdrawn() {
        SortedMap<String, Instant> withdrawn = new TreeMap<>();
        for (ObjectNode item : control.query(ALL, PLACE)) {
            Instant since = since(item);
            if (since != null) {
                withdrawn.put(item.path("address").textValue(), since);
            }
        }
        return withdrawn;
    }

    private static @Nullable Instant since(JsonNode item) {
        return item.path("withdrawn").isTextual()
                ? Instant.parse(item.path("withdrawn").textValue())
                : null;
    }

    private static ObjectNode item(String address, @Nullable Instant withdrawn) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id(address))
                .put("p", PLACE)
                .put("address", address)
                .put("withdrawn", withdrawn == null ? null : withdrawn.toString());
    }

    private static String id(String address) {
        return Ids.ofName("kept", address);
    }
}
