package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.Kept;
import dev.vitrine.store.Origin;
import dev.vitrine.store.Sealed;
import dev.vitrine.store.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A generation's file from its creation until it is sealed, locked for this writer alone. Rows are appended in
/// transactions of about a second; a kill loses the one that is open.
final class Load implements AutoCloseable {

    private final EmbeddedTable table;
    private final Origin origin;
    private final Database database;
    private final Columns columns;
    private final Rows rows;
    private final Letters letters;
    private final long keepEvery;
    private Kept kept;
    private long added;
    private boolean keptAll = true;
    private long committed = System.nanoTime();

    private Load(Database database, EmbeddedTable table, Origin origin, Kept kept) {
        this.database = database;
        this.table = table;
        this.origin = origin;
        this.columns = Columns.of(table.table(), Schema.columnTexts(table.table()));
        this.rows = Rows.of(columns);
        this.letters = new Letters(database, columns, table.clock());
        this.kept = kept;
        this.added = kept.rows();
        this.keepEvery = table.keepEvery().toNanos();
    }

    /// Starts a new file.
    static Load create(Path file, long number, EmbeddedTable table, Origin origin, Token token) {
        Database database = Database.open(file, Database.Mode.LOAD);
        try {
            Load load = new Load(database, table, origin, new Kept(0, 0, false));
            database.execute("PRAGMA user_version=" + Database.FORMAT, "BEGIN IMMEDIATE");
            Schema.create(database, table, load.columns, origin, number, token);
            database.execute("COMMIT");
            if (!Files.exists(file)) {
                throw new StoreFailure("another process has removed " + file);
            }
            database.execute("BEGIN");
            return load;
        } catch (SQLException e) {
            database.close();
            throw new StoreFailure("cannot start " + file + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// Goes on with a file that a kill or [#close] left.
    ///
    /// @throws SQLException if it is in use, or damaged
    static Load resume(Path file, EmbeddedTable table, Token token) throws SQLException {
        Database database = Database.connect(file, Database.Mode.LOAD);
        try {
            token.mark(database);
            Load load = new Load(database, table, Schema.origin(database), Schema.kept(database));
            database.execute("BEGIN");
            return load;
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    Origin origin() {
        return origin;
    }

    Kept kept() {
        return kept;
    }

    void add(List<? extends EntityChange> changes) throws SQLException {
        long version = origin.revision().version();
        long committedAt = Encoding.micros(origin.revision().commitTime());
        keptAll = false;
        for (EntityChange change : changes) {
            switch (change) {
                case Upserted row -> database.change(rows.insert(), rows.parameters(row, version, committedAt));
                case Unservable row -> {
                    EntityKey key = row.key();
                    if (key != null) {
                        letters.withhold(key, row.reason());
                    }
                    letters.add(row, version, committedAt);
                }
                case Deleted deleted ->
                    throw new IllegalArgumentException(
                            "a snapshot of " + table.table().address() + " deletes nothing");
            }
            added++;
        }
    }

    void keep(int files) throws SQLException {
        kept = new Kept(files, added, false);
        keptAll = true;
        if (System.nanoTime() - committed >= keepEvery) {
            commit();
            database.execute("BEGIN");
        }
    }

    /// Everything up to the last [#keep], which was the last that was done.
    private void commit() throws SQLException {
        database.change("UPDATE load SET files = ?, loaded = ?", kept.files(), kept.rows());
        database.execute("COMMIT");
        committed = System.nanoTime();
    }

    Sealed seal() throws SQLException {
        if (keptAll) {
            commit();
            database.execute("BEGIN");
        }
        try {
            database.execute(Schema.keyIndex(columns));
        } catch (SQLiteException e) {
            if (e.getResultCode() != SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE) {
                throw e;
            }
            database.execute("CREATE INDEX copies ON entity (" + columns.keyNames() + ")");
            withholdCopies();
            database.execute("DROP INDEX copies", Schema.keyIndex(columns));
        }
        withholdBesideUnservable();
        database.execute(Schema.indexes(table.table(), columns).toArray(String[]::new));
        long entities = database.number("SELECT count(*) FROM entity");
        long dead = database.number("SELECT count(*) FROM letter");
        database.change("UPDATE checkpoint SET entities = ?", entities);
        database.change("UPDATE load SET loaded = ?, letters = ?, sealed = 1", entities + dead, dead);
        // for the planner: which index selects well; a sample is enough
        database.execute("PRAGMA analysis_limit=1000", "ANALYZE", "COMMIT");
        return new Sealed(entities + dead, dead);
    }

    private void withholdCopies() throws SQLException {
        String names = columns.keyNames();
        database.execute("CREATE TEMP TABLE twice AS SELECT " + names + " FROM entity GROUP BY " + names
                + " HAVING count(*) > 1");
        try (ResultSet row = database.query("SELECT " + names + " FROM temp.twice")) {
            while (row.next()) {
                EntityKey key = columns.decode(row, 1);
                letters.withhold(key, Reason.DUPLICATE_KEY);
                withholdRows(key);
            }
        }
        database.execute("DROP TABLE temp.twice");
    }

    /// A key with a row that cannot be served is withheld with all its rows.
    private void withholdBesideUnservable() throws SQLException {
        try (ResultSet row = database.query("SELECT " + columns.keyNames() + " FROM withheld")) {
            while (row.next()) {
                withholdRows(columns.decode(row, 1));
            }
        }
    }

    private void withholdRows(EntityKey key) throws SQLException {
        letters.moveAll(key, origin.revision().version());
    }

    /// Leaves the file as it was at the last [#keep] that could be brought to the disk.
    @Override
    public void close() {
        try (database) {
            if (keptAll) {
                commit();
            }
        } catch (SQLException e) {
            throw new StoreFailure("cannot leave a load of " + table.table().address() + ": " + e.getMessage(), e);
        }
    }
}
