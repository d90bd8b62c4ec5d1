package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.Layout;
import dev.vitrine.store.StoreFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Applies commits in one transaction. The rows of a commit come in any order and are not held in memory; what a row
/// means is known from what is stored already:
///
/// - the row of a key has the version of the commit: the key was written in it before, so this is a second copy
/// - the key is withheld since this version: likewise
/// - an insert finds an older row: a delete may still come, so the older row is set aside in `replaced`, and whatever
///   is left there at the end of the commit is a duplicate key
final class CommitWriter implements ChangeWriter {

    private final Generations generations;
    private final Reads reads;
    private final Database database;
    private final Columns columns;
    private final Layout layout;
    private final Rows rows;
    private final Letters letters;
    private final String address;
    private final String find;
    private final String delete;
    private final String deleteOlder;
    private final String setAside;
    private final String notReplaced;
    private Revision last;
    private long version;
    private long committed;
    private boolean applied;
    private boolean anyReplaced;
    private boolean open;
    private boolean closed;

    /// @param generations in which writing was started; [#close] ends it
    CommitWriter(Generations generations, Reads reads, Revision last, Layout layout, Clock clock) {
        this.generations = generations;
        this.reads = reads;
        this.database = reads.generation().writer();
        this.columns = reads.columns();
        this.address = reads.address();
        this.last = last;
        this.layout = layout;
        this.rows = Rows.of(columns);
        this.letters = new Letters(database, columns, clock);
        String keyEquals = columns.keyEquals("");
        int next = columns.key().size() + 1;
        this.find = "SELECT version, document FROM entity WHERE " + keyEquals;
        this.delete = "DELETE FROM entity WHERE " + keyEquals;
        this.deleteOlder = delete + " AND version < ?" + next;
        this.setAside = "INSERT OR IGNORE INTO temp.replaced (" + columns.keyNames() + ", document) VALUES ("
                + Letters.marks(next) + ")";
        this.notReplaced = "DELETE FROM temp.replaced WHERE " + keyEquals;
    }

    @Override
    public void begin(Revision revision) {
        run("begin", () -> {
            if (!open) {
                open();
                letters.look();
            }
            if (revision.epoch() != last.epoch()) {
                throw new IllegalStateException("commits of epoch " + revision.epoch() + " cannot be applied to "
                        + address + ", which is of epoch " + last.epoch() + ": rebuild it");
            }
            // A commit that is in already changes nothing, so that a replay never moves an entity back.
            applied = revision.compareTo(last) <= 0;
            version = revision.version();
            committed = Encoding.micros(revision.commitTime());
            if (!applied) {
                last = revision;
            }
        });
    }

    /// Looks again where the table stands: another process may have published since the writer was made.
    private void open() throws SQLException {
        database.change("BEGIN IMMEDIATE");
        open = true;
        Checkpoint checkpoint = Reads.checkpoint(reads.generation(), database);
        if (checkpoint == null) {
            throw new StoreFailure("another process has loaded " + address + " anew");
        }
        last = checkpoint.revision();
    }

    @Override
    public void apply(List<? extends EntityChange> changes) {
        if (applied) {
            return;
        }
        run("apply version " + version, () -> {
            for (EntityChange change : changes) {
                switch (change) {
                    case Upserted upserted -> upsert(upserted);
                    case Deleted deleted -> {
                        if (deleted.key() != null) {
                            delete(deleted.key());
                        }
                    }
                    case Unservable unservable -> withhold(unservable);
                }
            }
        });
    }

    private void upsert(Upserted row) throws SQLException {
        long since = letters.withheldSince(row.key());
        if (since == version) {
            letters.writeCopy(row.key(), version, row.document());
            return;
        }
        if (since != Letters.NOT_WITHHELD) {
            letters.cure(row.key());
        }
        @Nullable Object[] parameters = rows.parameters(row, version, committed);
        if (database.change(row.insert() ? rows.insertAbsent() : rows.upsert(), parameters) == 1) {
            return;
        }
        Stored other = Objects.requireNonNull(stored(row.key()));
        if (other.version == version) {
            withhold(row.key(), other.document, Reason.DUPLICATE_KEY);
            letters.writeCopy(row.key(), version, row.document());
        } else {
            setAside(row.key(), other.document);
            database.change(rows.replace(), parameters);
        }
    }

    private void setAside(EntityKey key, byte[] document) throws SQLException {
        if (!anyReplaced) {
            anyReplaced = true;
            database.execute("CREATE TEMP TABLE IF NOT EXISTS replaced (" + columns.keyNames()
                    + ", document BLOB NOT NULL, PRIMARY KEY (" + columns.keyNames() + "))");
        }
        database.change(setAside, columns.encode(key, (Object) document));
    }

    private void delete(EntityKey key) throws SQLException {
        if (anyReplaced) {
            database.change(notReplaced, columns.encode(key));
        }
        if (database.change(deleteOlder, columns.encode(key, version)) == 0) {
            long since = letters.withheldSince(key);
            if (since != Letters.NOT_WITHHELD && since != version) {
                letters.cure(key);
            }
        }
    }

    private void withhold(Unservable row) throws SQLException {
        EntityKey key = row.key();
        if (key != null) {
            long since = letters.withheldSince(key);
            if (since != version) {
                if (since != Letters.NOT_WITHHELD) {
                    letters.cure(key);
                }
                withhold(key, writtenNow(key), row.reason());
            }
        }
        letters.write(key, version, row.reason(), row.detail(), row.row());
    }

    /// What is in the table under a key.
    @SuppressWarnings("ArrayRecordComponent")
    private record Stored(long version, byte[] document) {}

    private @Nullable Stored stored(EntityKey key) throws SQLException {
        try (ResultSet row = database.query(find, columns.encode(key))) {
            return row.next() ? new Stored(row.getLong(1), row.getBytes(2)) : null;
        }
    }

    /// The document that this commit wrote under a key.
    private byte @Nullable [] writtenNow(EntityKey key) throws SQLException {
        Stored stored = stored(key);
        return stored != null && stored.version == version ? stored.document : null;
    }

    /// @param copy the document of another row with this key; null if there is none
    private void withhold(EntityKey key, byte @Nullable [] copy, Reason reason) throws SQLException {
        database.change(delete, columns.encode(key));
        letters.withhold(key, reason, version);
        if (copy != null) {
            letters.writeCopy(key, version, copy);
        }
    }

    @Override
    public void end() {
        if (anyReplaced && !applied) {
            run("end version " + version, this::withholdReplaced);
        }
    }

    /// What was inserted over and never deleted is there twice.
    private void withholdReplaced() throws SQLException {
        String next = "SELECT document, " + columns.keyNames() + " FROM temp.replaced LIMIT 1";
        while (true) {
            EntityKey key;
            byte[] older;
            try (ResultSet row = database.query(next)) {
                if (!row.next()) {
                    return;
                }
                older = row.getBytes(1);
                key = columns.decode(row, 2);
            }
            database.change(notReplaced, columns.encode(key));
            if (letters.withheldSince(key) != version) {
                withhold(key, writtenNow(key), Reason.DUPLICATE_KEY);
            }
            letters.writeCopy(key, version, older);
        }
    }

    @Override
    public void publish(Revision revision, String commitFile) {
        run("publish version " + revision.version(), () -> {
            if (!open) {
                open();
            }
            if (revision.compareTo(last) < 0) {
                throw new IllegalStateException("version " + revision.version() + " of " + address
                        + " cannot be published: version " + last.version() + " is applied already");
            }
            database.change(
                    "UPDATE checkpoint SET version = ?, committed = ?, commit_file = ?, layout = ? WHERE retired = 0",
                    revision.version(),
                    Encoding.micros(revision.commitTime()),
                    commitFile,
                    // what is written from now on holds no more than this
                    String.join("\n", layout.lines()));
            database.change("COMMIT");
            open = false;
            last = revision;
        });
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            run("take back what was not published", () -> {
                if (open) {
                    open = false;
                    database.change("ROLLBACK");
                }
                database.execute("DROP TABLE IF EXISTS temp.replaced");
            });
        } finally {
            generations.endWriting();
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    private void run(String operation, Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            throw new StoreFailure("cannot " + operation + " of " + address + ": " + e.getMessage(), e);
        }
    }
}
