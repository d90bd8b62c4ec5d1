package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Older rows of keys that a commit inserts, in `temp.aside`: a delete of the commit may still come and take them away;
/// what is left at its end is there beside what was inserted.
final class Aside {

    static final String TABLE = "temp.aside";

    private final Database database;
    private final Columns columns;
    private final String put;
    private final String take;
    private final String first;
    private boolean any;

    Aside(Database database, Columns columns) {
        this.database = database;
        this.columns = columns;
        String key = columns.keyEquals("");
        this.put = "INSERT OR IGNORE INTO temp.aside SELECT * FROM entity WHERE " + key;
        this.take = "DELETE FROM temp.aside WHERE " + key;
        this.first = "SELECT " + columns.keyNames() + " FROM temp.aside LIMIT 1";
    }

    /// Copies the entity under a key.
    void put(EntityKey key) throws SQLException {
        any = true;
        database.change(put, columns.encode(key));
    }

    /// Removes the row of a key; returns whether there was one.
    boolean take(EntityKey key) throws SQLException {
        return any && database.change(take, columns.encode(key)) == 1;
    }

    /// A key of which a row is left; null: none is.
    @Nullable
    EntityKey first() throws SQLException {
        if (any) {
            try (ResultSet row = database.query(first)) {
                any = row.next();
                return any ? columns.decode(row, 1) : null;
            }
        }
        return null;
    }
}
