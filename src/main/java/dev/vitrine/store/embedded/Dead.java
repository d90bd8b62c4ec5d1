package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityKey;
import java.sql.SQLException;

/// Entities that a commit deletes unless it writes their keys again: they are noted in `temp.dead` and deleted at its
/// end. One that was written again has the version of the commit, and is not dead any more.
final class Dead {

    private static final int PORTION = 100_000;

    private final Database database;
    private final Columns columns;
    private final String add;
    private final String contains;
    private boolean any;

    Dead(Database database, Columns columns) {
        this.database = database;
        this.columns = columns;
        String older =
                columns.keyEquals("") + " AND version < ?" + (columns.key().size() + 1);
        this.add = "INSERT OR IGNORE INTO temp.dead SELECT rowid FROM entity WHERE " + older;
        this.contains = "SELECT EXISTS (SELECT 1 FROM entity WHERE " + older + " AND rowid IN temp.dead)";
    }

    /// Returns whether there is an entity from before this version that was not among them yet.
    boolean add(EntityKey key, long version) throws SQLException {
        boolean added = database.change(add, columns.encode(key, version)) == 1;
        any |= added;
        return added;
    }

    boolean any() {
        return any;
    }

    boolean contains(EntityKey key, long version) throws SQLException {
        return any && database.number(contains, columns.encode(key, version)) != 0;
    }

    /// Deletes those from before this version, and returns how many there were.
    long deleteAll(long version) throws SQLException {
        if (!any) {
            return 0;
        }
        long deleted = 0;
        long from = Long.MIN_VALUE;
        // in portions, because SQLite remembers all that one statement deletes
        for (long to = portion(from); to > from; to = portion(from)) {
            deleted += database.change(
                    "DELETE FROM entity WHERE rowid IN (SELECT id FROM temp.dead WHERE id > ? AND id <= ?) AND version < ?",
                    from,
                    to,
                    version);
            from = to;
        }
        database.change("DELETE FROM temp.dead");
        any = false;
        return deleted;
    }

    /// The last of the next dead ones.
    private long portion(long after) throws SQLException {
        return database.number(
                "SELECT coalesce(max(id), ?1) FROM (SELECT id FROM temp.dead WHERE id > ?1 ORDER BY id LIMIT ?2)",
                after,
                PORTION);
    }
}
