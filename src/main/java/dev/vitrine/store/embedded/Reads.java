package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.Answer;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.DeadLetter;
import dev.vitrine.store.KeptValues;
import dev.vitrine.store.Lookup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The reads of one generation for one gold table whose layout it covers. Each takes a connection and gives null if
/// the generation is retired. Threads may share it.
final class Reads {

    private final Generation generation;
    private final Columns columns;
    private final String address;
    private final String get;

    Reads(Generation generation, GoldTable table) {
        this.generation = generation;
        this.columns = Columns.of(table, generation.columns());
        this.address = table.address();
        this.get = "SELECT " + Generation.CHECKPOINT
                + ", e.version, e.committed, e.document, w.reason FROM checkpoint p"
                + " LEFT JOIN entity e ON " + columns.keyEquals("e.")
                + " LEFT JOIN withheld w ON " + columns.keyEquals("w.");
    }

    /// One entity. One statement, so one view.
    @Nullable
    Answer<Lookup> get(Database reader, EntityKey key) throws SQLException {
        try (ResultSet row = reader.query(get, columns.encode(key))) {
            row.next();
            Checkpoint checkpoint = generation.checkpoint(row);
            if (checkpoint == null) {
                return null;
            }
            int next = Generation.CHECKPOINT_COLUMNS + 1;
            byte @Nullable [] document = row.getBytes(next + 2);
            if (document != null) {
                Revision revision = revision(row.getLong(next), row.getLong(next + 1));
                return new Answer<>(checkpoint, new Lookup.Found(new Entity(key, revision, document)));
            }
            String reason = row.getString(next + 3);
            return new Answer<>(
                    checkpoint, reason == null ? new Lookup.Absent() : new Lookup.Withheld(Reason.valueOf(reason)));
        }
    }

    /// Many entities in one view.
    @Nullable
    Answer<List<Lookup>> getAll(Database reader, List<EntityKey> keys) throws SQLException {
        reader.change("BEGIN");
        try {
            Checkpoint checkpoint = checkpoint(generation, reader);
            List<Lookup> found = new ArrayList<>(keys.size());
            for (EntityKey key : keys) {
                Answer<Lookup> answer = get(reader, key);
                if (answer != null) {
                    found.add(answer.value());
                }
            }
            return checkpoint == null ? null : new Answer<>(checkpoint, found);
        } finally {
            reader.change("ROLLBACK");
        }
    }

    /// Where a generation stands.
    static @Nullable Checkpoint checkpoint(Generation generation, Database reader) throws SQLException {
        try (ResultSet row = reader.query("SELECT " + Generation.CHECKPOINT + " FROM checkpoint p")) {
            row.next();
            return generation.checkpoint(row);
        }
    }

    /// The same for the one who writes there; of a retired one too.
    static Revision revision(Generation generation, Database reader) throws SQLException {
        Checkpoint checkpoint = checkpoint(generation, reader);
        return checkpoint == null ? generation.revision() : checkpoint.revision();
    }

    List<DeadLetter> deadLetters(Database reader, long before, int limit) throws SQLException {
        String sql = "SELECT id, version, reason, detail, document, first_seen, last_seen, " + columns.keyNames()
                + " FROM letter WHERE id < ? ORDER BY id DESC LIMIT ?";
        List<DeadLetter> letters = new ArrayList<>();
        try (ResultSet row = reader.query(sql, before, limit)) {
            while (row.next()) {
                EntityKey key = row.getObject(8) == null ? null : columns.decode(row, 8);
                letters.add(new DeadLetter(
                        row.getLong(1),
                        address,
                        row.getLong(2),
                        key,
                        Reason.valueOf(row.getString(3)),
                        row.getString(4),
                        row.getBytes(5),
                        KeptValues.instant(row.getLong(6)),
                        KeptValues.instant(row.getLong(7))));
            }
        }
        return letters;
    }

    static Map<Reason, Long> lettersByReason(Generation generation, Database reader) throws SQLException {
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        try (ResultSet row = reader.query("SELECT reason, count(*) FROM letter GROUP BY reason")) {
            while (row.next()) {
                counts.put(Reason.valueOf(row.getString(1)), row.getLong(2));
            }
        }
        return counts;
    }

    Revision revision(long version, long committed) {
        return new Revision(generation.epoch(), version, KeptValues.instant(committed));
    }

    Generation generation() {
        return generation;
    }

    Columns columns() {
        return columns;
    }

    /// For messages.
    String address() {
        return address;
    }
}
