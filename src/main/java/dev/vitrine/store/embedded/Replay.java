package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.KeptValues;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts what the gold table holds of some keys in the place of what is stored of them, in a transaction of the caller.
final class Replay {

    private final Database database;
    private final Columns columns;
    private final Letters letters;
    private final Rows statements;
    private final Checkpoint at;
    private final long lastLetter;
    private long entities;

    Replay(Database database, Columns columns, Clock clock, Checkpoint at) throws SQLException {
        this.database = database;
        this.columns = columns;
        this.letters = new Letters(database, columns, clock);
        this.statements = Rows.of(columns);
        this.at = at;
        this.lastLetter = database.number("SELECT coalesce(max(id), 0) FROM letter");
        this.entities = at.entities();
    }

    void run(Set<EntityKey> keys, boolean keyless, List<? extends EntityChange> rows) throws SQLException {
        letters.openOlder();
        if (keyless) {
            letters.replaceKeyless();
        }
        for (EntityKey key : keys) {
            letters.replace(key);
            entities -= database.change("DELETE FROM entity WHERE " + columns.keyEquals(""), columns.encode(key));
            letters.release(key);
        }
        Map<EntityKey, List<EntityChange>> byKey = new LinkedHashMap<>();
        for (EntityChange row : rows) {
            EntityKey key = key(row);
            if (key != null) {
                byKey.computeIfAbsent(key, absent -> new ArrayList<>()).add(row);
            } else if (keyless && row instanceof Unservable unservable) {
                add(unservable);
            }
        }
        for (EntityKey key : keys) {
            put(key, byKey.getOrDefault(key, List.of()));
        }
        letters.keepFirstSeen(lastLetter);
        database.change("UPDATE checkpoint SET stamp = stamp + 1, erasures = erasures + 1, entities = ?", entities);
    }

    private static @Nullable EntityKey key(EntityChange row) {
        return switch (row) {
            case Upserted upserted -> upserted.key();
            case Unservable unservable -> unservable.key();
            case Deleted deleted -> throw new IllegalArgumentException("a snapshot deletes nothing");
        };
    }

    private void put(EntityKey key, List<EntityChange> rows) throws SQLException {
        if (rows.size() == 1 && rows.getFirst() instanceof Upserted row) {
            database.change(statements.insert(), statements.parameters(row, version(), committed()));
            entities++;
            return;
        }
        for (EntityChange change : rows) {
            letters.withhold(key, EntityChange.Reason.DUPLICATE_KEY);
            switch (change) {
                case Upserted row -> letters.add(row, version(), committed());
                case Unservable row -> add(row);
                case Deleted deleted -> {}
            }
        }
        letters.explain(key);
    }

    private void add(Unservable row) throws SQLException {
        letters.add(row, version(), committed());
    }

    private long version() {
        return at.revision().version();
    }

    private long committed() {
        return KeptValues.micros(at.revision().commitTime());
    }
}
