package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.SqlParameter;
import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.store.DeadLetter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Reads the dead letters of one generation.
record Letters(Container container, SessionTokens session) {

    private static final String LETTERS = "c.t = '" + Items.LETTER + "'";
    private static final int AT_ONCE = 200;

    List<DeadLetter> newest(long before, int limit) {
        return query(
                        "SELECT TOP @limit * FROM c WHERE " + LETTERS + " AND c.n < @before ORDER BY c.n DESC",
                        new SqlParameter("@limit", limit),
                        new SqlParameter("@before", before))
                .stream()
                .map(this::letter)
                .toList();
    }

    private DeadLetter letter(JsonNode item) {
        return new DeadLetter(
                item.path("n").longValue(),
                container.calls().entity(),
                item.path("v").longValue(),
                item.path("y").booleanValue() ? container.items().columns().key(item.path("j")) : null,
                Reason.valueOf(item.path("r").textValue()),
                item.path("a").textValue(),
                Texts.get(item),
                Items.seen(item, "f"),
                Items.seen(item, "u"));
    }

    long count() {
        return container.count(
                "count letters", new SqlQuerySpec("SELECT VALUE COUNT(1) FROM c WHERE " + LETTERS), session);
    }

    Map<Reason, Long> byReason() {
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            SqlQuerySpec query = new SqlQuerySpec(
                    "SELECT VALUE COUNT(1) FROM c WHERE " + LETTERS + " AND c.r = @reason",
                    new SqlParameter("@reason", reason.name()));
            long count = container.count("count letters", query, session);
            if (count > 0) {
                counts.put(reason, count);
            }
        }
        return counts;
    }

    /// Whether there are any, or keys that are withheld without.
    boolean any() {
        return !container
                .query(
                        "look for letters",
                        new SqlQuerySpec("SELECT TOP 1 VALUE 1 FROM c WHERE c.t IN ('%s', '%s', '%s')"
                                .formatted(Items.LETTER, Items.WITHHELD, Items.KEYLESS)),
                        session,
                        JsonNode.class)
                .isEmpty();
    }

    /// Items of letters with these ids.
    List<ObjectNode> withIds(Collection<Long> ids) {
        List<Long> wanted = List.copyOf(ids);
        List<ObjectNode> found = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += AT_ONCE) {
            found.addAll(query(
                    "SELECT * FROM c WHERE " + LETTERS + " AND ARRAY_CONTAINS(@ids, c.n)",
                    new SqlParameter("@ids", wanted.subList(from, Math.min(from + AT_ONCE, wanted.size())))));
        }
        return found;
    }

    /// Ids of letters last seen before that, some of them.
    ///
    /// @param micros see [dev.vitrine.store.KeptValues#micros]
    List<Long> seenBefore(long micros) {
        return query(
                        "SELECT TOP @limit c.n FROM c WHERE " + LETTERS + " AND c.u < @before",
                        new SqlParameter("@limit", AT_ONCE),
                        new SqlParameter("@before", micros))
                .stream()
                .map(item -> item.path("n").longValue())
                .toList();
    }

    /// All of them: where they are, the hash of their row, and when they were first seen.
    List<ObjectNode> firstSeen() {
        return query("SELECT c.id, c.p, c.h, c.f FROM c WHERE " + LETTERS);
    }

    /// Ids of the items of rows without key.
    List<String> keyless() {
        return query("SELECT c.id FROM c WHERE c.t = '" + Items.KEYLESS + "'").stream()
                .map(item -> item.path("id").textValue())
                .toList();
    }

    private List<ObjectNode> query(String text, SqlParameter... parameters) {
        return container.query("read letters", new SqlQuerySpec(text, parameters), session);
    }
}
