package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.KeptValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/// Writes withheld keys and dead letters of a generation, on its writing connection.
final class Letters {

    private final Database writer;
    private final Columns columns;
    private final Clock clock;
    private final String isWithheld;
    private final String withhold;
    private final String release;
    private final String write;
    private final String move;
    private final String equal;
    private final String oldest;
    private final String dismissed;
    private final String keyless;
    private boolean any;

    Letters(Database writer, Columns columns, Clock clock) {
        this.writer = writer;
        this.columns = columns;
        this.clock = clock;
        int keys = columns.key().size();
        int indexed = columns.indexed().size();
        String key = columns.keyEquals("");
        this.isWithheld = "SELECT EXISTS (SELECT 1 FROM withheld WHERE " + key + ")";
        this.withhold =
                "INSERT OR IGNORE INTO withheld (" + columns.keyNames() + ", reason) VALUES (" + marks(keys + 1) + ")";
        this.release = "DELETE FROM withheld WHERE " + key;
        String names = columns.indexedNames();
        this.write = "INSERT INTO letter (" + names + ", " + Schema.LETTER + ") VALUES (" + marks(indexed + 10) + ")";
        // all columns of the generation, also those that this table does not index
        this.move = "INSERT INTO letter (" + columns.all() + ", " + Schema.LETTER + ") SELECT " + columns.all()
                + ", version, committed, ?2, 1, 'DUPLICATE_KEY', ?3, document, ?4, ?5, ?5 FROM %s WHERE rowid = ?1";
        String one = "DELETE FROM letter WHERE id = (SELECT id FROM letter WHERE %s ORDER BY written, id LIMIT 1)";
        this.equal = one.formatted(
                "%s AND written < ?%d AND hash = ?%d AND document = ?%d".formatted(key, keys + 1, keys + 2, keys + 3));
        this.oldest = one.formatted(key + " AND written < ?" + (keys + 1));
        this.dismissed = "UPDATE withheld SET dismissed = dismissed - 1 WHERE dismissed > 0 AND " + key;
        this.keyless = one.formatted(columns.keyNames("").replace(",", " IS NULL AND ")
                + " IS NULL AND written < ? AND hash = ? AND document = ?");
    }

    static String marks(int count) {
        return String.join(",", Collections.nCopies(count, "?"));
    }

    /// To be called at the start of a transaction: mostly nothing is withheld, and looking for each key would cost.
    void look() throws SQLException {
        any = writer.number("SELECT EXISTS (SELECT 1 FROM withheld)") != 0;
    }

    boolean isWithheld(EntityKey key) throws SQLException {
        return any && writer.number(isWithheld, columns.encode(key)) != 0;
    }

    void withhold(EntityKey key, Reason reason) throws SQLException {
        any = true;
        writer.change(withhold, columns.encode(key, reason.name()));
    }

    /// The key has no letters any more.
    void release(EntityKey key) throws SQLException {
        writer.change(release, columns.encode(key));
    }

    /// Adds a row that cannot be served.
    void add(Unservable row, long version, long committed) throws SQLException {
        @Nullable Object[] parameters = new @Nullable Object[columns.indexed().size() + 10];
        EntityKey key = row.key();
        if (key != null) {
            @Nullable Object[] kept = columns.encode(key);
            for (int i = 0; i < kept.length; i++) {
                parameters[columns.indexed().indexOf(columns.key().get(i))] = kept[i];
            }
        }
        add(parameters, version, committed, false, row.reason(), row.detail(), row.row());
    }

    /// Adds one of several rows with one key.
    void add(Upserted row, long version, long committed) throws SQLException {
        @Nullable Object[] parameters = new @Nullable Object[columns.indexed().size() + 10];
        for (int i = 0; i < columns.indexed().size(); i++) {
            parameters[i] = columns.indexed().get(i).encode(row.indexed().get(i));
        }
        add(parameters, version, committed, true, Reason.DUPLICATE_KEY, detail(row.key(), version), row.document());
    }

    private void add(
            @Nullable Object[] parameters,
            long version,
            long committed,
            boolean servable,
            Reason reason,
            String detail,
            byte[] row)
            throws SQLException {
        long now = KeptValues.micros(clock.instant());
        int next = columns.indexed().size();
        @Nullable
        Object[] further = {version, committed, version, servable, reason.name(), detail, row, hash(row), now, now};
        System.arraycopy(further, 0, parameters, next, further.length);
        writer.change(write, parameters);
    }

    private static String detail(EntityKey key, long version) {
        return "more than one row has the key " + key + " at version " + version;
    }

    /// Makes a row of `entity` or `temp.aside` a letter, and removes it there; returns whether there is one.
    boolean move(EntityKey key, String from, long version) throws SQLException {
        long id;
        byte[] document;
        String first = "SELECT rowid, document FROM " + from + " WHERE " + columns.keyEquals("") + " LIMIT 1";
        try (ResultSet row = writer.query(first, columns.encode(key))) {
            if (!row.next()) {
                return false;
            }
            id = row.getLong(1);
            document = row.getBytes(2);
        }
        long now = KeptValues.micros(clock.instant());
        writer.change(move.formatted(from), id, version, detail(key, version), hash(document), now);
        writer.change("DELETE FROM " + from + " WHERE rowid = ?", id);
        return true;
    }

    /// For finding equal rows; they are compared as well.
    private static int hash(byte[] row) {
        return Arrays.hashCode(row);
    }

    /// A row of a withheld key is gone, from before this version: the letter with an equal row, else one that was
    /// dismissed, else the oldest. Returns whether there was one.
    ///
    /// @param row null: any
    boolean remove(EntityKey key, byte @Nullable [] row, long version) throws SQLException {
        boolean found = row != null && writer.change(equal, columns.encode(key, version, hash(row), row)) == 1;
        return found
                || writer.change(dismissed, columns.encode(key)) == 1
                || writer.change(oldest, columns.encode(key, version)) == 1;
    }

    /// A row without key is gone, from before this version. Returns whether there was a letter of it.
    boolean removeKeyless(byte[] row, long version) throws SQLException {
        return writer.change(keyless, version, hash(row), row) == 1;
    }

    /// What is left of the rows of a withheld key.
    ///
    /// @param letters those that are kept
    /// @param dismissed those that are known by their number alone
    /// @param servable of the letters
    /// @param ofCommit letters that are rows of the commit in question
    record Left(long letters, long dismissed, long servable, long ofCommit) {

        boolean isNone() {
            return letters + dismissed == 0;
        }

        boolean isServable() {
            return letters == 1 && dismissed == 0 && servable == 1;
        }
    }

    /// What is left of them.
    ///
    /// @param version of the commit in question
    Left left(EntityKey key, long version) throws SQLException {
        @Nullable Object[] kept = columns.encode(key);
        String where = " WHERE " + columns.keyEquals("");
        long dismissed = writer.number("SELECT dismissed FROM withheld" + where, kept);
        String sql = "SELECT count(*), sum(servable), sum(written = ?" + (kept.length + 1) + ") FROM letter" + where;
        try (ResultSet row = writer.query(sql, columns.encode(key, version))) {
            row.next();
            return new Left(row.getLong(1), dismissed, row.getLong(2), row.getLong(3));
        }
    }

    /// Serves the one letter of a key again.
    void serve(EntityKey key, long version, long committed) throws SQLException {
        int next = columns.key().size() + 1;
        String where = " FROM letter WHERE " + columns.keyEquals("");
        writer.change(
                "INSERT INTO entity (" + columns.all() + ", version, committed, document) SELECT " + columns.all()
                        + ", ?" + next + ", ?" + (next + 1) + ", document" + where,
                columns.encode(key, version, committed));
        writer.change("DELETE" + where, columns.encode(key));
        release(key);
    }

    /// Says why a key with several rows is withheld: because of the newest that cannot be served, else because they
    /// are several.
    void explain(EntityKey key) throws SQLException {
        String where = columns.keyEquals("");
        writer.change(
                "UPDATE withheld SET reason = coalesce((SELECT reason FROM letter WHERE " + where
                        + " AND NOT servable ORDER BY id DESC LIMIT 1), iif(dismissed, reason, 'DUPLICATE_KEY')) WHERE "
                        + where,
                columns.encode(key));
    }

    /// Makes room to remember letters that are about to be replaced.
    void openOlder() throws SQLException {
        writer.execute(Schema.older(columns).toArray(String[]::new));
    }

    /// Removes the letters of a key, and remembers them.
    void replace(EntityKey key) throws SQLException {
        replace(columns.keyEquals(""), columns.encode(key));
    }

    /// Removes the letters without key, and remembers them.
    void replaceKeyless() throws SQLException {
        replace(columns.key().getFirst().name() + " IS NULL");
    }

    private void replace(String where, @Nullable Object... parameters) throws SQLException {
        writer.change(
                "INSERT INTO temp.older SELECT " + columns.keyNames()
                        + ", hash, document, first_seen FROM letter WHERE " + where,
                parameters);
        writer.change("DELETE FROM letter WHERE " + where, parameters);
    }

    /// Letters after the given one were first seen when an equal one was that is remembered; forgets those.
    void keepFirstSeen(long last) throws SQLException {
        StringBuilder equal = new StringBuilder("o.hash = n.hash AND o.document = n.document");
        for (Column column : columns.key()) {
            equal.append(" AND o.").append(column.name()).append(" IS n.").append(column.name());
        }
        writer.change(
                "UPDATE letter AS n SET first_seen = o.first_seen FROM (SELECT " + columns.keyNames()
                        + ", hash, document, min(first_seen) AS first_seen FROM temp.older GROUP BY "
                        + columns.keyNames()
                        + ", hash, document) o WHERE n.id > ? AND " + equal,
                last);
        writer.execute("DELETE FROM temp.older");
    }

    /// Removes a letter; its key stays withheld. Returns whether it was there.
    boolean dismiss(long id) throws SQLException {
        EntityKey key = null;
        try (ResultSet row = writer.query("SELECT " + columns.keyNames() + " FROM letter WHERE id = ?", id)) {
            if (!row.next()) {
                return false;
            }
            key = row.getObject(1) == null ? null : columns.decode(row, 1);
        }
        if (key != null) {
            writer.change(
                    "UPDATE withheld SET dismissed = dismissed + 1 WHERE " + columns.keyEquals(""),
                    columns.encode(key));
        }
        writer.change("DELETE FROM letter WHERE id = ?", id);
        writer.change("UPDATE checkpoint SET erasures = erasures + 1");
        return true;
    }
}
