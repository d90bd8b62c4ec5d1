package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Kept;
import dev.vitrine.store.Origin;
import dev.vitrine.store.Sealed;
import dev.vitrine.store.StoreFailure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Fills a new file beside the served one: a [Load] until it is sealed, a [Generation] that nobody reads yet after it.
final class Rebuild implements GenerationWriter {

    private final EmbeddedWriter writer;
    private final EmbeddedTable table;
    private final Generations generations;
    private final Token token;
    private final long number;
    private final Path file;
    private final AtomicBoolean changing = new AtomicBoolean();
    private @Nullable Load load;
    private @Nullable Generation sealed;
    private boolean swapped;
    private boolean closed;

    private Rebuild(EmbeddedWriter writer, long number) {
        this.writer = writer;
        this.table = writer.table();
        this.generations = writer.generations();
        this.token = writer.token();
        this.number = number;
        this.file = generations.files().file(number);
    }

    static Rebuild start(EmbeddedWriter writer, long number, Origin origin) {
        Rebuild rebuild = new Rebuild(writer, number);
        rebuild.load = Load.create(rebuild.file, number, rebuild.table, origin, rebuild.token);
        rebuild.generations.filling().add(number);
        return rebuild;
    }

    /// @throws SQLException if it is in use, or damaged
    static Rebuild resume(EmbeddedWriter writer, long number, boolean sealed) throws SQLException {
        Rebuild rebuild = new Rebuild(writer, number);
        if (sealed) {
            rebuild.openSealed();
        } else {
            rebuild.load = Load.resume(rebuild.file, rebuild.table, rebuild.token);
        }
        rebuild.generations.filling().add(number);
        return rebuild;
    }

    @Override
    public Origin origin() {
        return load != null
                ? load.origin()
                : call("read the origin", () -> generation().write(Schema::origin));
    }

    @Override
    public Kept kept() {
        return load != null
                ? load.kept()
                : call("read what is kept", () -> generation().write(Schema::kept));
    }

    @Override
    public void add(List<? extends EntityChange> rows) {
        run("add rows", () -> loading().add(rows));
    }

    @Override
    public void keep(int files) {
        run("keep rows", () -> loading().keep(files));
    }

    private Load loading() {
        Load loading = load;
        if (loading == null) {
            throw new IllegalStateException("the new generation of " + token.address() + " is sealed");
        }
        return loading;
    }

    @Override
    public Sealed seal() {
        return call("seal", () -> {
            if (load != null) {
                Load loading = load;
                loading.seal(generations.upToDate());
                load = null;
                loading.close();
                openSealed();
            }
            return generation().write(Schema::sealed);
        });
    }

    /// From now on readers of the file see whole transactions, and it is not locked any more.
    private void openSealed() throws SQLException {
        Generation generation = Generation.open(file);
        try {
            generation.write(database -> {
                token.mark(database);
                return true;
            });
            sealed = generation;
        } finally {
            if (sealed == null) {
                generation.close();
            }
        }
    }

    private Generation generation() {
        Generation generation = sealed;
        if (generation == null) {
            throw new IllegalStateException("the new generation of " + token.address() + " is not sealed");
        }
        return generation;
    }

    @Override
    public ChangeWriter changes() {
        Reads reads = new Reads(generation(), table.table());
        startChanging();
        return CommitWriter.open(reads, token, table, () -> changing.set(false));
    }

    private void startChanging() {
        if (!changing.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "changes are being applied to the new generation of " + token.address() + " already");
        }
    }

    @Override
    public Checkpoint checkpoint() {
        return call("read the checkpoint", () -> generation().write(this::checkpoint));
    }

    private Checkpoint checkpoint(Database database) throws SQLException {
        Checkpoint checkpoint = Reads.checkpoint(generation(), database);
        if (checkpoint == null) {
            token.control().check(token.number());
            throw new StoreFailure("the new generation of " + token.address() + " was removed");
        }
        return checkpoint;
    }

    @Override
    public long removed() {
        Generation served = generations.upToDate();
        if (served == null) {
            return 0;
        }
        Columns columns = Columns.of(table.table(), generation().columns());
        Comparison comparison = new Comparison(table.table(), served, columns);
        return comparison.isPossible() ? call("compare", () -> comparison.removed(generation())) : 0;
    }

    @Override
    public void swap() {
        startChanging();
        try {
            writer.whileNothingIsWritten(() -> {
                refuseOlder(checkpoint().revision());
                call(
                        "bring to the disk",
                        () -> generation().write(database -> {
                            database.truncateLog();
                            return true;
                        }));
                generations.swap(generation(), token);
                swapped = true;
            });
        } finally {
            changing.set(false);
        }
    }

    private void refuseOlder(Revision revision) {
        Generation served = generations.upToDate();
        if (served == null) {
            return;
        }
        Revision current =
                call("read the checkpoint", () -> served.write(database -> Reads.revision(served, database)));
        if (revision.compareTo(current) < 0) {
            throw new IllegalStateException("version %d of %s cannot replace version %d, which is served"
                    .formatted(revision.version(), token.address(), current.version()));
        }
    }

    @Override
    public void discard() {
        close();
        if (!swapped) {
            generations.removal(token).remove(number);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (load != null) {
                load.close();
            }
            if (sealed != null && !swapped) {
                sealed.close();
            }
        } finally {
            generations.filling().remove(number);
            writer.endRebuild();
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
        } catch (SQLException | StoreFailure e) {
            // a newer writer may have removed it
            token.control().check(token.number());
            throw new StoreFailure(
                    "cannot " + operation + " of a new generation of " + token.address() + ": " + e.getMessage(), e);
        }
    }
}
