package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Origin;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.TableNotServed;
import dev.vitrine.store.TableWriter;
import dev.vitrine.store.WriterBusy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The writing side of a table, for one token.
final class EmbeddedWriter implements TableWriter {

    private static final long NONE = -1;
    private static final int TAKEOVER_MILLIS = 1000;

    private final EmbeddedTable table;
    private final Generations generations;
    private final Token token;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean rebuilding = new AtomicBoolean();

    private EmbeddedWriter(EmbeddedTable table, Generations generations, Token token) {
        this.table = table;
        this.generations = generations;
        this.token = token;
    }

    /// First the token decides what will be served, so that nothing older is swapped in any more; then it is put into
    /// what is served.
    static EmbeddedWriter of(EmbeddedTable table, Generations generations, Token token) {
        token.control().raise(token.number());
        Generation served = generations.upToDate();
        if (served != null) {
            try {
                served.write(database -> database.within(TAKEOVER_MILLIS, () -> {
                    token.mark(database);
                    return true;
                }));
            } catch (SQLException e) {
                if (Database.isBusy(e)) {
                    throw new WriterBusy(token.address());
                }
                throw new StoreFailure("cannot take over " + token.address() + ": " + e.getMessage(), e);
            }
        }
        return new EmbeddedWriter(table, generations, token);
    }

    @Override
    public ChangeWriter changes() {
        Reads reads = served();
        startWriting();
        return CommitWriter.open(reads, token, table, () -> writing.set(false));
    }

    private Reads served() {
        Generation served = generations.upToDate();
        if (served == null) {
            throw new IllegalStateException(token.address() + " has to be rebuilt first");
        }
        try {
            return table.required(served);
        } catch (TableNotServed e) {
            throw new IllegalStateException(token.address() + " has to be rebuilt for its new layout first", e);
        }
    }

    private void startWriting() {
        if (!writing.compareAndSet(false, true)) {
            throw new IllegalStateException("changes are being applied to " + token.address() + " already");
        }
    }

    /// @throws IllegalStateException if changes are being applied: they would be lost
    void whileNothingIsWritten(Runnable task) {
        startWriting();
        try {
            task.run();
        } finally {
            writing.set(false);
        }
    }

    @Override
    public GenerationWriter rebuild(Origin origin) {
        startRebuild();
        boolean started = false;
        try {
            long served = generations.control().served().orElse(NONE);
            Removal removal = generations.removal(token);
            generations.files().numbers().stream()
                    .filter(number -> number != served)
                    .forEach(removal::remove);
            Rebuild rebuild = Rebuild.start(this, generations.control().nextNumber(token.number()), origin);
            started = true;
            return rebuild;
        } finally {
            if (!started) {
                endRebuild();
            }
        }
    }

    @Override
    public Optional<GenerationWriter> unfinished() {
        startRebuild();
        boolean found = false;
        try {
            token.control().check(token.number());
            long served = generations.control().served().orElse(NONE);
            for (long number : generations.files().numbers().reversed()) {
                Rebuild left = number > served ? resume(number) : null;
                if (left != null) {
                    found = true;
                    return Optional.of(left);
                }
            }
            return Optional.empty();
        } finally {
            if (!found) {
                endRebuild();
            }
        }
    }

    private @Nullable Rebuild resume(long number) {
        Path file = generations.files().file(number);
        try {
            Boolean sealed = look(file);
            return sealed == null ? null : Rebuild.resume(this, number, sealed);
        } catch (SQLException e) {
            if (Database.isBusy(e) || Database.isDamaged(e) || !Files.exists(file)) {
                return null;
            }
            throw new StoreFailure("cannot go on with " + file + ": " + e.getMessage(), e);
        }
    }

    /// Whether a generation is sealed; null if it is of no use.
    private @Nullable Boolean look(Path file) throws SQLException {
        String sql = "SELECT l.sealed, p.layout, p.retired, p.token FROM checkpoint p, load l";
        try (Database database = Database.connect(file, Database.Mode.LOOK);
                ResultSet row = database.query(sql)) {
            boolean fits = row.next()
                    && row.getString(2).equals(String.join("\n", table.layout().lines()))
                    && row.getInt(3) == 0
                    && row.getLong(4) <= token.number();
            return fits ? row.getBoolean(1) : null;
        }
    }

    private void startRebuild() {
        if (!rebuilding.compareAndSet(false, true)) {
            throw new IllegalStateException("a rebuild of " + token.address() + " is running already");
        }
    }

    void endRebuild() {
        rebuilding.set(false);
    }

    @Override
    public void report(SyncStatus status) {
        token.control().report(status, token.number());
    }

    @Override
    public int dismiss(Collection<Long> ids) {
        return change("dismiss letters", (reads, database) -> {
            Letters letters = new Letters(database, reads.columns(), table.clock());
            int dismissed = 0;
            for (long id : ids) {
                dismissed += letters.dismiss(id) ? 1 : 0;
            }
            return dismissed;
        });
    }

    @Override
    public void replay(Collection<EntityKey> keys, boolean keyless, List<? extends EntityChange> rows) {
        change("replay letters", (reads, database) -> {
            Checkpoint at = Objects.requireNonNull(Reads.checkpoint(reads.generation(), database));
            new Replay(database, reads.columns(), table.clock(), at).run(Set.copyOf(keys), keyless, rows);
            return true;
        });
    }

    @Override
    public void tidy(Instant lettersBefore) {
        new Tidying(this, lettersBefore).run();
    }

    interface Change<T> {
        T run(Reads reads, Database database) throws SQLException;
    }

    /// Changes the served generation in one transaction.
    <T> T change(String operation, Change<T> change) {
        Reads reads = served();
        startWriting();
        try {
            return reads.generation()
                    .write(database -> database.transaction(() -> {
                        token.check(database);
                        return change.run(reads, database);
                    }));
        } catch (SQLException e) {
            throw new StoreFailure("cannot " + operation + " of " + token.address() + ": " + e.getMessage(), e);
        } finally {
            writing.set(false);
        }
    }

    EmbeddedTable table() {
        return table;
    }

    Generations generations() {
        return generations;
    }

    Token token() {
        return token;
    }
}
