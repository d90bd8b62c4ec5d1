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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
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

    private Rebuild(EmbeddedWriter writer, long number, @Nullable Load load) {
        this.writer = writer;
        this.table = writer.table();
        this.generations = writer.generations();
        this.token = writer.token();
        this.number = number;
        this.file = generations.files().file(number);
        this.load = load;
    }

    static Rebuild start(EmbeddedWriter writer, long number, Origin origin) {
        Path file = writer.generations().files().file(number);
        return new Rebuild(writer, number, Load.create(file, number, writer.table(), origin, writer.token()));
    }

    /// @throws SQLException if it is in use, or damaged
    static Rebuild resume(EmbeddedWriter writer, long number, boolean sealed) throws SQLException {
        Path file = writer.generations().files().file(number);
        if (!sealed) {
            return new Rebuild(writer, number, Load.resume(file, writer.table(), writer.token()));
        }
        Rebuild rebuild = new Rebuild(writer, number, null);
        rebuild.openSealed();
        return rebuild;
    }

    @Override
    public Origin origin() {
        return load == null ? read("read the origin", Schema::origin) : load.origin();
    }

    @Override
    public Kept kept() {
        return load == null ? read("read what is kept", Schema::kept) : load.kept();
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
            throw new IllegalStateException("the new generation of " + address() + " is sealed");
        }
        return loading;
    }

    @Override
    public Sealed seal() {
        Load loading = load;
        if (loading != null) {
            run("seal", () -> {
                loading.seal();
                load = null;
                loading.close();
                openSealed();
            });
        }
        return read("read what was sealed", database -> {
            try (ResultSet row = database.query("SELECT loaded, letters FROM load")) {
                row.next();
                return new Sealed(row.getLong(1), row.getLong(2));
            }
        });
    }

    /// From now on readers of the file see whole transactions.
    private void openSealed() throws SQLException {
        Database database = Database.connect(file, Database.Mode.WRITE);
        try {
            token.mark(database);
            Generation generation = Generation.open(file);
            generation.releaseWriter(database);
            sealed = generation;
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private Generation generation() {
        Generation generation = sealed;
        if (generation == null) {
            throw new IllegalStateException("the new generation of " + address() + " has to be sealed first");
        }
        return generation;
    }

    @Override
    public ChangeWriter changes() {
        Revision last = checkpoint().revision();
        if (!changing.compareAndSet(false, true)) {
            throw new IllegalStateException("changes are being applied to the new generation of " + address());
        }
        return new CommitWriter(
                new Reads(generation(), table.table()),
                last,
                token,
                table.layout(),
                table.clock(),
                () -> changing.set(false));
    }

    @Override
    public Checkpoint checkpoint() {
        Generation generation = generation();
        return read(
                "read the checkpoint",
                database -> Objects.requireNonNull(
                        Reads.checkpoint(generation, database), "the new generation was removed"));
    }

    @Override
    public long removed() {
        Generation old = generations.upToDate();
        Generation next = generation();
        return old == null ? 0 : read("compare", database -> new Comparison(table.table(), old, next).removed());
    }

    @Override
    public void swap() {
        Revision revision = checkpoint().revision();
        writer.whileNothingIsWritten(() -> {
            Generation old = generations.upToDate();
            Revision current = old == null ? revision : old.revision();
            if (revision.compareTo(current) < 0) {
                throw new IllegalStateException("version %d of %s cannot replace version %d, which is served"
                        .formatted(revision.version(), address(), current.version()));
            }
            generations.swap(generation(), token);
            swapped = true;
        });
    }

    @Override
    public void discard() {
        close();
        generations.removal(token).remove(number);
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
            writer.endRebuild();
        }
    }

    long number() {
        return number;
    }

    private interface Reading<T> {
        T read(Database database) throws SQLException;
    }

    private <T> T read(String operation, Reading<T> reading) {
        Generation generation = generation();
        try {
            Database database = generation.leaseWriter();
            T answer = reading.read(database);
            generation.releaseWriter(database);
            return answer;
        } catch (SQLException e) {
            throw failure(operation, e);
        }
    }

    private void run(String operation, Database.Task task) {
        try {
            task.run();
        } catch (SQLException e) {
            throw failure(operation, e);
        }
    }

    private StoreFailure failure(String operation, SQLException e) {
        return new StoreFailure(
                "cannot " + operation + " of a new generation of " + address() + ": " + e.getMessage(), e);
    }

    private String address() {
        return table.table().address();
    }
}
