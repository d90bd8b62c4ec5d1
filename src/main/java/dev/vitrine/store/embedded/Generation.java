package dev.vitrine.store.embedded;

import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.Layout;
import dev.vitrine.store.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One complete load of a table, in one file, with its connections. Threads may share it.
final class Generation implements AutoCloseable {

    /// What every read takes from the checkpoint `p`, in this order, for [#checkpoint(ResultSet)].
    static final String CHECKPOINT = "p.version, p.retired, p.committed, p.commit_file, p.layout";
    /// How many columns that is.
    static final int CHECKPOINT_COLUMNS = 5;

    /// More readers than this are opened where needed, but not kept.
    private static final int MAX_IDLE = 16;

    private final Path file;
    private final String tableId;
    private final long epoch;
    private final long number;
    private final List<String> columns;
    private final Deque<Database> idle = new ArrayDeque<>();
    private volatile State state;
    private boolean closed;
    private @Nullable Database writer;

    /// The layout stands beside the checkpoint because reads compare it, and its text is long.
    private record State(Checkpoint checkpoint, String layoutText, Layout layout) {}

    private Generation(Path file, Database reader) throws SQLException {
        this.file = file;
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

    /// The connection for writing; its user sees to it that there is one at a time.
    Database writer() {
        Database open = writer;
        if (open == null) {
            open = Database.open(file, Database.Mode.WRITE);
            writer = open;
        }
        return open;
    }

    /// The state that a read found, from its result's first columns; null if another generation has taken over.
    @Nullable
    Checkpoint checkpoint(ResultSet row) throws SQLException {
        if (row.getInt(2) != 0) {
            return null;
        }
        State known = state;
        if (known.checkpoint.revision().version() != row.getLong(1)) {
            known = state(row);
            state = known;
        }
        return known.checkpoint;
    }

    private State state(ResultSet row) throws SQLException {
        String layoutText = row.getString(5);
        @SuppressWarnings("NullAway") // null while the constructor runs
        @Nullable
        State known = state;
        Layout layout =
                known != null && known.layoutText.equals(layoutText) ? known.layout : new Layout(lines(layoutText));
        Checkpoint checkpoint = new Checkpoint(
                tableId,
                new dev.vitrine.entity.Revision(epoch, row.getLong(1), Encoding.instant(row.getLong(3))),
                number,
                row.getString(4),
                layout.fingerprint());
        return new State(checkpoint, layoutText, layout);
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

    /// Readers that are in use end their work undisturbed.
    @Override
    public void close() {
        List<Database> unused;
        synchronized (idle) {
            closed = true;
            unused = List.copyOf(idle);
            idle.clear();
        }
        unused.forEach(Database::close);
        Database open = writer;
        if (open != null) {
            open.close();
            writer = null;
        }
    }
}
