package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/// Writes withheld keys and dead letters of a generation, on its writing connection.
final class Letters {

    /// [#withheldSince] for a key that is not withheld.
    static final long NOT_WITHHELD = -1;

    private final Database writer;
    private final Columns columns;
    private final Clock clock;
    private final String since;
    private final String withhold;
    private final String cure;
    private final String dismiss;
    private final String write;
    private boolean any;

    Letters(Database writer, Columns columns, Clock clock) {
        this.writer = writer;
        this.columns = columns;
        this.clock = clock;
        int keys = columns.key().size();
        this.since = "SELECT version FROM withheld WHERE " + columns.keyEquals("");
        this.withhold =
                "INSERT INTO withheld (" + columns.keyNames() + ", reason, version) VALUES (" + marks(keys + 2) + ")";
        this.cure = "DELETE FROM withheld WHERE " + columns.keyEquals("");
        this.dismiss = "DELETE FROM letter WHERE " + columns.keyEquals("");
        this.write = "INSERT INTO letter (" + columns.keyNames()
                + ", version, reason, detail, document, first_seen, last_seen) VALUES (" + marks(keys + 6) + ")";
    }

    static String marks(int count) {
        return String.join(",", Collections.nCopies(count, "?"));
    }

    /// To be called at the start of a transaction: mostly nothing is withheld, and looking for each key would cost.
    void look() throws SQLException {
        any = writer.number("SELECT EXISTS (SELECT 1 FROM withheld)") != 0;
    }

    /// The version whose commit made the key withheld.
    long withheldSince(EntityKey key) throws SQLException {
        if (!any) {
            return NOT_WITHHELD;
        }
        try (ResultSet row = writer.query(since, columns.encode(key))) {
            return row.next() ? row.getLong(1) : NOT_WITHHELD;
        }
    }

    void withhold(EntityKey key, Reason reason, long version) throws SQLException {
        any = true;
        writer.change(withhold, columns.encode(key, reason.name(), version));
    }

    /// The key is well again, or gone: its letters go too.
    void cure(EntityKey key) throws SQLException {
        writer.change(cure, columns.encode(key));
        writer.change(dismiss, columns.encode(key));
    }

    void write(@Nullable EntityKey key, long version, Reason reason, String detail, byte[] row) throws SQLException {
        long now = Encoding.micros(clock.instant());
        @Nullable
        Object[] parameters = key == null
                ? new @Nullable Object[columns.key().size() + 6]
                : columns.encode(key, new @Nullable Object[6]);
        int next = columns.key().size();
        parameters[next] = version;
        parameters[next + 1] = reason.name();
        parameters[next + 2] = detail;
        parameters[next + 3] = row;
        parameters[next + 4] = now;
        parameters[next + 5] = now;
        writer.change(write, parameters);
    }

    /// One of several rows with one key.
    void writeCopy(EntityKey key, long version, byte[] row) throws SQLException {
        String detail = "more than one row has the key " + key + " at version " + version;
        write(key, version, Reason.DUPLICATE_KEY, detail, row);
    }
}
