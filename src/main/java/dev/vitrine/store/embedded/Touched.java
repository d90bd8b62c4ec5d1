package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Withheld keys whose rows a commit changes, in `temp.touched`: what becomes of them is known at its end.
final class Touched {

    private final Database database;
    private final Columns columns;
    private final String add;
    private final String first;
    private final String remove;
    private boolean any;

    Touched(Database database, Columns columns) {
        this.database = database;
        this.columns = columns;
        int keys = columns.key().size();
        this.add = "INSERT INTO temp.touched (" + columns.keyNames() + ", removed) VALUES (" + Letters.marks(keys + 1)
                + ") ON CONFLICT DO UPDATE SET removed = removed + excluded.removed";
        this.first = "SELECT " + columns.keyNames() + ", removed FROM temp.touched LIMIT 1";
        this.remove = "DELETE FROM temp.touched WHERE " + columns.keyEquals("");
    }

    /// A key, with how many letters of it were removed that were there before the commit.
    record Key(EntityKey key, long removed) {}

    /// @param removed letters of it just now
    void add(EntityKey key, int removed) throws SQLException {
        any = true;
        database.change(add, columns.encode(key, removed));
    }

    /// One of them, which is none of them from now on; null: none is left.
    @Nullable
    Key take() throws SQLException {
        if (!any) {
            return null;
        }
        Key key;
        try (ResultSet row = database.query(first)) {
            any = row.next();
            if (!any) {
                return null;
            }
            key = new Key(columns.decode(row, 1), row.getLong(columns.key().size() + 1));
        }
        database.change(remove, columns.encode(key.key()));
        return key;
    }
}
