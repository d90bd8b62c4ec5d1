package dev.vitrine.store.embedded;

import dev.vitrine.entity.Revision;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.KeptValues;
import dev.vitrine.store.Layout;
import dev.vitrine.store.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One complete load of a table, in one file, with its connections. Threads may share it.
final class Generation implements AutoCloseable {

    /// What every read takes from the checkpoint `p`, in this order, for [#checkpoint(ResultSet)].
    static final String CHECKPOINT =
            "p.stamp, p.retired, p.version, p.committed, p.commit_file, p.layout, p.entities, p.diverged_since";
    /// How many columns that is.
    static final int CHECKPOINT_COLUMNS = 8;

    /// More readers than this are opened where needed, but not kept.
    private static final int MAX_IDLE = 16;

    private final Path file;
    private final String tableId;
    private final long epoch;
    private final long number;
    private final List<String> columns;
    private final Deque<Database> idle = new ArrayDeque<>();
    private volatile State state;
    private final Traces traces;
    private boolean closed;
    private @Nullable Database idleWriter;

    /// The layout stands beside the checkpoint because reads compare it, and its text is long.
    ///
    /// @param stamp tells it from others of this generation
    private record State(long stamp, Checkpoint checkpoint, String layoutText, Layout layout) {}

    private Generation(Path file, Database reader) throws SQLException {
        this.file = file;
        this.traces = new Traces(file);
        try (ResultSet row = reader.query(
                "SELECT " + CHECKPOINT + ", p.table_id, p.epoch, p.generation, p.columns FROM checkpoint p")) {
            if (!row.next()) {
                throw new StoreFailure(file + " holds no checkpoint: remove the folder to load the table again");
            }
            tableId = row.getString(CHECKPOINT_COLUMNS + 1);
            epoch = row.getLong(CHECKPOINT_COLUMNS + 2);
            number = row.getLong(CHECKPOINT_COLUMNS + 3);
            columns = lines(row.getString(CHECKPOINT_COLUMNS + 4));
            state = state(row);
        }
    }

    static Generation open(Path file) {
        Database reader = Database.open(file, Database.Mode.READ);
        try {
            Generation generation = new Generation(file, reader);
            generation.release(reader);
            return generation;
        } catch (SQLException e) {
            reader.close();
            throw new StoreFailure("cannot read the checkpoint of " + file + ": " + e.getMessage(), e);
        }
    }

    static List<String> lines(String text) {
        return Arrays.asList(text.split("\n"));
    }

    /// A connection for reading, to be given back by [#release] or, after a failure, closed; null once this
    /// generation is closed.
    @Nullable
    Database lease() {
        synchronized (idle) {
            if (closed) {
                return null;
            }
            Database reader = idle.pollFirst();
            if (reader != null) {
                return reader;
            }
        }
        return isRemoved() ? null : Database.open(file, Database.Mode.READ);
    }

    /// Another process removes the file after a swap; a connection that never read from it then fails.
    boolean isRemoved() {
        return !Files.exists(file);
    }

    void release(Database reader) {
        synchronized (idle) {
            if (!closed && idle.size() < MAX_IDLE) {
                idle.addFirst(reader);
                return;
            }
        }
        reader.close();
    }

    /// What is done with a connection for writing.
    interface Writing<T> {
        T run(Database database) throws SQLException;
    }

    /// Lends a connection for writing.
    <T> T write(Writing<T> work) throws SQLException {
        Database writer = leaseWriter();
        boolean done = false;
        try {
            T result = work.run(writer);
            done = true;
            return result;
        } finally {
            if (done) {
                releaseWriter(writer);
            } else {
                writer.close();
            }
        }
    }

    /// A connection for writing, to be given back by [#releaseWriter] or, after a failure, closed.
    Database leaseWriter() {
        synchronized (idle) {
            Database kept = idleWriter;
            idleWriter = null;
            if (kept != null) {
                return kept;
            }
        }
        return Database.open(file, Database.Mode.WRITE);
    }

    void releaseWriter(Database writer) {
        synchronized (idle) {
            if (!closed && idleWriter == null) {
                idleWriter = writer;
                return;
            }
        }
        writer.close();
    }

    /// The state that a read found, from its result's first columns; null if another generation has taken over.
    @Nullable
    Checkpoint checkpoint(ResultSet row) throws SQLException {
        if (row.getInt(2) != 0) {
            return null;
        }
        State known = state;
        if (known.stamp != row.getLong(1)) {
            known = state(row);
            state = known;
        }
        return known.checkpoint;
    }

    private State state(ResultSet row) throws SQLException {
        String layoutText = row.getString(6);
        @SuppressWarnings("NullAway") // null while the constructor runs
        @Nullable
        State known = state;
        Layout layout =
                known != null && known.layoutText.equals(layoutText) ? known.layout : new Layout(lines(layoutText));
        Checkpoint checkpoint = new Checkpoint(
                tableId,
                new Revision(epoch, row.getLong(3), KeptValues.instant(row.getLong(4))),
                number,
                row.getString(5),
                layout.fingerprint(),
                row.getLong(7),
                row.getObject(8) == null ? null : row.getLong(8));
        return new State(row.getLong(1), checkpoint, layoutText, layout);
    }

    /// Leaves nothing in the file of what was deleted, or less of it if somebody reads or writes.
    void removeTraces() throws SQLException {
        write(database -> {
            long erasures = database.number("SELECT erasures FROM checkpoint");
            if (erasures > database.number("SELECT erased FROM checkpoint") && traces.remove(database)) {
                database.change("UPDATE checkpoint SET erased = ?", erasures);
            }
            return database.truncateLog();
        });
    }

    /// As far as reads have seen; for the one who writes, where it stands.
    Revision revision() {
        return state.checkpoint.revision();
    }

    /// As far as reads have seen.
    Layout layout() {
        return state.layout;
    }

    /// The texts of the indexed columns it was made with.
    List<String> columns() {
        return columns;
    }

    long epoch() {
        return epoch;
    }

    long number() {
        return number;
    }

    Path file() {
        return file;
    }

    /// Whoever uses a connection ends its work undisturbed.
    @Override
    public void close() {
        List<Database> unused;
        synchronized (idle) {
            closed = true;
            unused = new ArrayList<>(idle);
            idle.clear();
            if (idleWriter != null) {
                unused.add(idleWriter);
                idleWriter = null;
            }
        }
        unused.forEach(Database::close);
        traces.close();
    }
}
