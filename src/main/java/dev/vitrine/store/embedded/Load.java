package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.Kept;
import dev.vitrine.store.KeptValues;
import dev.vitrine.store.Origin;
import dev.vitrine.store.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A generation's file from its creation until it is sealed, locked for this writer alone. Rows are appended in long
/// transactions; a kill loses the one that is open. Each is brought to the disk, so that a power failure does no more.
final class Load implements AutoCloseable {

    private final EmbeddedTable table;
    private final Token token;
    private final Origin origin;
    private final Database database;
    private final Columns columns;
    private final Rows rows;
    private final Letters letters;
    private final long keepEvery;
    private Kept kept;
    private long added;
    private boolean open;
    private long committed = System.nanoTime();

    private Load(Database database, EmbeddedTable table, Token token, Origin origin, Kept kept) {
        this.database = database;
        this.table = table;
        this.token = token;
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
        Database database = Database.open(file, Database.Mode.NEW);
        try {
            Load load = new Load(database, table, token, origin, new Kept(0, 0, false));
            database.transaction(() -> {
                database.execute("PRAGMA user_version=" + Database.FORMAT);
                Schema.create(database, table, load.columns, origin, number, token);
            });
            // who came before the lock may have taken the file for one that was left behind empty
            if (!Files.exists(file)) {
                throw new StoreFailure("another process has removed " + file);
            }
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
            // the lock is kept from here on; a file that somebody so much as reads is in use
            database.execute("BEGIN EXCLUSIVE", "COMMIT");
            token.mark(database);
            return new Load(database, table, token, Schema.origin(database), Schema.kept(database));
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
        begin();
        long version = origin.revision().version();
        long committedAt = KeptValues.micros(origin.revision().commitTime());
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

    private void begin() throws SQLException {
        if (!open) {
            database.change("BEGIN");
            open = true;
        }
    }

    void keep(int files) throws SQLException {
        kept = new Kept(files, added, false);
        if (System.nanoTime() - committed >= keepEvery) {
            token.control().check(token.number());
            commit();
        }
    }

    /// What the last [#keep] said is on the disk after this.
    private void commit() throws SQLException {
        begin();
        database.change("UPDATE load SET files = ?, loaded = ?", kept.files(), kept.rows());
        database.change("COMMIT");
        open = false;
        committed = System.nanoTime();
    }

    private boolean isAllKept() {
        return added == kept.rows();
    }

    /// @param served the generation that is to be replaced
    void seal(@Nullable Generation served) throws SQLException {
        if (isAllKept()) {
            commit();
        }
        begin();
        makeKeysUnique();
        withholdBesideUnservable();
        keepFirstSeen(served);
        database.execute(Schema.indexes(table.table(), columns).toArray(String[]::new));
        long entities = database.number("SELECT count(*) FROM entity");
        long dead = database.number("SELECT count(*) FROM letter");
        database.change("UPDATE checkpoint SET entities = ?", entities);
        database.change(
                "UPDATE load SET files = ?, loaded = ?, letters = ?, sealed = 1", kept.files(), entities + dead, dead);
        // for the planner: which index selects well; a sample is enough
        database.execute("PRAGMA analysis_limit=1000", "ANALYZE");
        database.change("COMMIT");
        open = false;
    }

    private void makeKeysUnique() throws SQLException {
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
        boolean more;
        do {
            more = letters.move(key, "entity", origin.revision().version());
        } while (more);
    }

    private void keepFirstSeen(@Nullable Generation served) throws SQLException {
        if (served == null) {
            return;
        }
        Comparison comparison = new Comparison(table.table(), served, columns);
        if (comparison.isPossible()) {
            letters.openOlder();
            comparison.copyLetters(database);
            letters.keepFirstSeen(0);
        }
    }

    /// Leaves the file as it was at the last [#keep], or a little before.
    @Override
    public void close() {
        try (database) {
            if (open && isAllKept()) {
                commit();
            }
        } catch (SQLException e) {
            throw new StoreFailure("cannot leave a load of " + table.table().address() + ": " + e.getMessage(), e);
        }
    }
}
