package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Layout;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.StoredTable;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Fills a new file beside the served one. Until it is swapped in nobody reads it, so it needs no log and no care about
/// crashes: one transaction appends the rows, another builds the indexes, and the file is brought to the disk once.
final class Rebuild implements GenerationWriter {

    private final Generations generations;
    private final StoredTable served;
    private final GoldTable table;
    private final Layout layout;
    private final long number;
    private final Path file;
    private final Columns columns;
    private final Database database;
    private final Rows rows;
    private final Letters letters;
    private long added;
    private boolean swapped;
    private boolean closed;

    Rebuild(Generations generations, StoredTable served, Layout layout, Clock clock) {
        this.generations = generations;
        this.served = served;
        this.table = served.table();
        this.layout = layout;
        this.number = generations.startRebuild();
        this.file = generations.file(number);
        this.columns = Columns.of(table, Schema.columnTexts(table));
        this.rows = Rows.of(columns);
        try {
            this.database = Database.open(file, Database.Mode.LOAD);
        } catch (RuntimeException e) {
            generations.endRebuild();
            throw e;
        }
        this.letters = new Letters(database, columns, clock);
        try {
            database.execute("PRAGMA user_version=" + Database.FORMAT);
            database.execute("BEGIN");
            database.execute(Schema.tables(table, columns).toArray(String[]::new));
        } catch (SQLException e) {
            close();
            throw failure("start a rebuild", e);
        }
    }

    @Override
    public void add(Revision revision, List<? extends EntityChange> changes) {
        long committed = Encoding.micros(revision.commitTime());
        try {
            for (EntityChange change : changes) {
                switch (change) {
                    case Upserted row ->
                        database.change(rows.insert(), rows.parameters(row, revision.version(), committed));
                    case Unservable row -> withhold(row, revision.version());
                    case Deleted deleted ->
                        throw new IllegalArgumentException("a snapshot of " + table.address() + " deletes nothing");
                }
                added++;
            }
        } catch (SQLException e) {
            throw failure("add rows", e);
        }
    }

    private void withhold(Unservable row, long version) throws SQLException {
        EntityKey key = row.key();
        if (key != null && letters.withheldSince(key) == Letters.NOT_WITHHELD) {
            letters.withhold(key, row.reason(), version);
        }
        letters.write(key, version, row.reason(), row.detail(), row.row());
    }

    @Override
    public long seal() {
        try {
            database.execute("COMMIT", "BEGIN");
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
            database.execute(Schema.indexes(table, columns).toArray(String[]::new));
            // for the planner: which index selects well; a sample is enough
            database.execute("PRAGMA analysis_limit=1000", "ANALYZE", "COMMIT");
            return added;
        } catch (SQLException e) {
            throw failure("seal a rebuild", e);
        }
    }

    private void withholdCopies() throws SQLException {
        String names = columns.keyNames();
        String next = "SELECT " + names + " FROM entity GROUP BY " + names + " HAVING count(*) > 1 LIMIT 1";
        database.execute("CREATE TEMP TABLE twice AS " + next.replace(" LIMIT 1", ""));
        try (ResultSet row = database.query("SELECT " + names + " FROM temp.twice")) {
            while (row.next()) {
                withholdRows(columns.decode(row, 1), true);
            }
        }
        database.execute("DROP TABLE temp.twice");
    }

    /// A key with a row that cannot be served is withheld with all its rows.
    private void withholdBesideUnservable() throws SQLException {
        String names = columns.keyNames();
        try (ResultSet row = database.query("SELECT " + names + " FROM withheld")) {
            while (row.next()) {
                withholdRows(columns.decode(row, 1), false);
            }
        }
    }

    private void withholdRows(EntityKey key, boolean mark) throws SQLException {
        @Nullable Object[] kept = columns.encode(key);
        String where = " FROM entity WHERE " + columns.keyEquals("");
        long version = 0;
        try (ResultSet copy = database.query("SELECT version, document" + where, kept)) {
            while (copy.next()) {
                version = copy.getLong(1);
                letters.writeCopy(key, version, copy.getBytes(2));
            }
        }
        database.change("DELETE" + where, kept);
        if (mark && letters.withheldSince(key) == Letters.NOT_WITHHELD) {
            letters.withhold(key, Reason.DUPLICATE_KEY, version);
        }
    }

    @Override
    public void swap(String tableId, Revision revision, String commitFile) {
        refuseOlder(revision);
        try {
            database.change(
                    "INSERT INTO checkpoint (version, committed, commit_file, layout, retired, table_id, epoch, generation, columns) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?)",
                    revision.version(),
                    Encoding.micros(revision.commitTime()),
                    commitFile,
                    String.join("\n", layout.lines()),
                    tableId,
                    revision.epoch(),
                    number,
                    String.join("\n", Schema.columnTexts(table)));
        } catch (SQLException e) {
            throw failure("swap a rebuild in", e);
        }
        database.close();
        closed = true;
        generations.swap(number);
        swapped = true;
    }

    private void refuseOlder(Revision revision) {
        served.checkpoint().map(Checkpoint::revision).ifPresent(current -> {
            if (revision.compareTo(current) < 0) {
                throw new IllegalStateException("version %d of %s cannot replace version %d, which is served"
                        .formatted(revision.version(), table.address(), current.version()));
            }
        });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            database.close();
        }
        if (!swapped) {
            generations.delete(file);
        }
        generations.endRebuild();
    }

    private StoreFailure failure(String operation, SQLException e) {
        return new StoreFailure("cannot " + operation + " of " + table.address() + ": " + e.getMessage(), e);
    }
}
