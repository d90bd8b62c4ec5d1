package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.CommitEffect;
import dev.vitrine.store.KeptValues;
import dev.vitrine.store.Layout;
import dev.vitrine.store.StoreFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Applies commits in one transaction.
final class CommitWriter implements ChangeWriter {

    private final Reads reads;
    private final Token token;
    private final Layout layout;
    private final Database database;
    private final CommitRows rows;
    private final Runnable ended;
    private Revision last;
    private @Nullable Long divergedSince;
    private boolean applied;
    private boolean open;
    private boolean closed;

    private CommitWriter(
            Reads reads, Token token, EmbeddedTable table, Database database, CommitRows rows, Runnable ended) {
        this.reads = reads;
        this.token = token;
        this.layout = table.layout();
        this.database = database;
        this.rows = rows;
        this.ended = ended;
        this.last = reads.generation().revision();
    }

    /// @param ended run when this is closed, or cannot be opened
    static CommitWriter open(Reads reads, Token token, EmbeddedTable table, Runnable ended) {
        Database database = null;
        CommitWriter writer = null;
        try {
            database = reads.generation().leaseWriter();
            CommitRows rows = new CommitRows(database, reads.columns(), table.clock());
            writer = new CommitWriter(reads, token, table, database, rows, ended);
            return writer;
        } catch (SQLException e) {
            throw new StoreFailure("cannot prepare changes of " + reads.address() + ": " + e.getMessage(), e);
        } finally {
            if (writer == null) {
                if (database != null) {
                    database.close();
                }
                ended.run();
            }
        }
    }

    @Override
    public void begin(Revision revision) {
        run("begin", () -> {
            open();
            if (revision.epoch() != last.epoch()) {
                throw new IllegalStateException("commits of epoch " + revision.epoch() + " cannot be applied to "
                        + reads.address() + ", which is of epoch " + last.epoch() + ": rebuild it");
            }
            // A commit that is in already changes nothing, so that a replay never moves an entity back.
            applied = revision.compareTo(last) <= 0;
            if (!applied) {
                last = revision;
            }
            rows.begin(revision.version(), KeptValues.micros(revision.commitTime()), divergedSince != null);
        });
    }

    /// Looks again where the table stands: another process may have published since the writer was made.
    private void open() throws SQLException {
        if (open) {
            return;
        }
        database.change("BEGIN IMMEDIATE");
        open = true;
        token.check(database);
        Checkpoint checkpoint = Objects.requireNonNull(Reads.checkpoint(reads.generation(), database));
        last = checkpoint.revision();
        divergedSince = checkpoint.divergedSince();
        rows.open(checkpoint.entities());
    }

    @Override
    public void apply(List<? extends EntityChange> changes) {
        if (applied) {
            return;
        }
        run("apply version " + last.version(), () -> {
            for (EntityChange change : changes) {
                rows.apply(change);
            }
        });
    }

    @Override
    public CommitEffect end() {
        return call("end version " + last.version(), rows::end);
    }

    @Override
    public void reject(Revision revision) {
        begin(revision);
        if (!applied && divergedSince == null) {
            divergedSince = revision.version();
        }
    }

    @Override
    public void publish(Revision revision, String commitFile) {
        run("publish version " + revision.version(), () -> {
            open();
            if (revision.compareTo(last) < 0) {
                throw new IllegalStateException("version " + revision.version() + " of " + reads.address()
                        + " cannot be published: version " + last.version() + " is applied already");
            }
            database.change(
                    "UPDATE checkpoint SET stamp = stamp + 1, version = ?, committed = ?, commit_file = ?, layout = ?, entities = ?, diverged_since = ?, token = ?, erasures = erasures + ?",
                    revision.version(),
                    KeptValues.micros(revision.commitTime()),
                    commitFile,
                    // what is written from now on holds no more than this
                    String.join("\n", layout.lines()),
                    rows.entities(),
                    divergedSince,
                    token.number(),
                    rows.hasErased());
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
        boolean clean = false;
        try {
            if (open) {
                open = false;
                run("take back what was not published", () -> database.change("ROLLBACK"));
            }
            clean = true;
        } finally {
            if (clean) {
                reads.generation().releaseWriter(database);
            } else {
                database.close();
            }
            ended.run();
        }
    }

    private void run(String operation, Database.Task task) {
        call(operation, () -> {
            task.run();
            return true;
        });
    }

    private <T> T call(String operation, Database.Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw failure(operation, e);
        }
    }

    private StoreFailure failure(String operation, SQLException e) {
        return new StoreFailure("cannot " + operation + " of " + reads.address() + ": " + e.getMessage(), e);
    }
}
