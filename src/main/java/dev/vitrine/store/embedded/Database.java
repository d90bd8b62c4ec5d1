package dev.vitrine.store.embedded;

import dev.vitrine.store.StoreFailure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/// One connection to a database file, with its prepared statements. One thread at a time.
final class Database implements AutoCloseable {

    /// Of every file the store makes; a file of a newer format is refused.
    static final int FORMAT = 2;

    private static final int MAX_STATEMENTS = 100;
    private static final int BUSY_MILLIS = 30_000;
    private static final int SHORTLY_MILLIS = 200;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

    private Database(Connection connection) {
        this.connection = connection;
    }

    /// How a file is opened.
    enum Mode {
        /// created if there is none; as [#WRITE]
        CREATE(true, BUSY_MILLIS),
        /// readers see whole transactions; a killed process loses none that was committed
        WRITE(false, BUSY_MILLIS),
        /// created; as [#LOAD]
        NEW(true, SHORTLY_MILLIS),
        /// for one connection alone; what is committed survives a crash of the machine
        LOAD(false, SHORTLY_MILLIS),
        /// for reading
        READ(false, BUSY_MILLIS),
        /// as the file is; does not wait for whoever is using it
        LOOK(false, SHORTLY_MILLIS);

        private final boolean creates;
        private final int patience;

        Mode(boolean creates, int patience) {
            this.creates = creates;
            this.patience = patience;
        }
    }

    static Database open(Path file, Mode mode) {
        try {
            return connect(file, mode);
        } catch (SQLException e) {
            throw new StoreFailure("cannot open the store's file " + file + ": " + e.getMessage(), e);
        }
    }

    /// As [#open], for who wants to know why it failed.
    static Database connect(Path file, Mode mode) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        if (!mode.creates) {
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        config.setBusyTimeout(mode.patience);
        Database database = new Database(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
        try {
            database.configure(mode, file);
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
        return database;
    }

    /// Whether another connection keeps the file locked.
    static boolean isBusy(SQLException e) {
        int code = e.getErrorCode() & 0xff;
        return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
    }

    /// Whether the file is none of a database, or lacks what was to be in it.
    static boolean isDamaged(SQLException e) {
        int code = e.getErrorCode() & 0xff;
        return code == SQLiteErrorCode.SQLITE_NOTADB.code
                || code == SQLiteErrorCode.SQLITE_CORRUPT.code
                // a table is missing: the one who made the file was killed before it was filled
                || code == SQLiteErrorCode.SQLITE_ERROR.code;
    }

    private void configure(Mode mode, Path file) throws SQLException {
        int found = (int) number("PRAGMA user_version");
        if (found > FORMAT) {
            throw new IllegalStateException(("The store's file %s has format %d, this program knows formats up to %d:"
                            + " start the newer program, or remove the folder to load the table again")
                    .formatted(file, found, FORMAT));
        }
        switch (mode) {
            case CREATE, WRITE ->
                execute(
                        "PRAGMA journal_mode=WAL",
                        "PRAGMA synchronous=NORMAL",
                        "PRAGMA cache_size=-32768",
                        "PRAGMA secure_delete=ON");
            case NEW, LOAD ->
                execute(
                        "PRAGMA locking_mode=EXCLUSIVE",
                        "PRAGMA journal_mode=TRUNCATE",
                        "PRAGMA synchronous=FULL",
                        "PRAGMA cache_size=-65536",
                        "PRAGMA secure_delete=ON");
            case READ -> execute("PRAGMA query_only=ON", "PRAGMA cache_size=-4096");
            case LOOK -> {}
        }
        execute("PRAGMA mmap_size=1073741824", "PRAGMA journal_size_limit=67108864");
    }

    /// For what is done once.
    void execute(String... commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    /// Rows of a prepared query; to be closed.
    ResultSet query(String sql, @Nullable Object... parameters) throws SQLException {
        try {
            return prepared(sql, parameters).executeQuery();
        } catch (SQLException e) {
            forgetStatements();
            throw e;
        }
    }

    /// Runs a prepared change; returns how many rows it changed.
    int change(String sql, @Nullable Object... parameters) throws SQLException {
        try {
            return prepared(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            forgetStatements();
            throw e;
        }
    }

    /// The one number that a query gives.
    long number(String sql, @Nullable Object... parameters) throws SQLException {
        try (ResultSet row = query(sql, parameters)) {
            row.next();
            return row.getLong(1);
        }
    }

    /// What is done in a transaction.
    interface Work<T> {
        T run() throws SQLException;
    }

    /// What is done in a transaction without a result.
    interface Task {
        void run() throws SQLException;
    }

    /// Runs a task in a transaction that may write, all of it or nothing. Waits for the one that another connection
    /// has open.
    void transaction(Task task) throws SQLException {
        transaction(() -> {
            task.run();
            return true;
        });
    }

    /// As above, with a result.
    <T> T transaction(Work<T> work) throws SQLException {
        change("BEGIN IMMEDIATE");
        boolean done = false;
        try {
            T result = work.run();
            change("COMMIT");
            done = true;
            return result;
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    private void rollback() {
        try {
            change("ROLLBACK");
        } catch (SQLException e) {
            // after some failures SQLite has done it already; the failure itself is on its way to the caller
        }
    }

    /// Brings the log into the file and empties it, so that nothing that was deleted is left in it; returns whether it
    /// did: not while somebody reads from it, or writes.
    boolean truncateLog() throws SQLException {
        return within(SHORTLY_MILLIS, () -> number("PRAGMA wal_checkpoint(TRUNCATE)") == 0);
    }

    /// Does something that waits no longer than that for other connections.
    <T> T within(int millis, Work<T> work) throws SQLException {
        execute("PRAGMA busy_timeout=" + millis);
        try {
            return work.run();
        } finally {
            execute("PRAGMA busy_timeout=" + BUSY_MILLIS);
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
            if (statements.size() > MAX_STATEMENTS) {
                var eldest = statements.entrySet().iterator();
                eldest.next().getValue().close();
                eldest.remove();
            }
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /// To be called when a statement failed: the driver has thrown it away.
    void forgetStatements() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            forgetStatements();
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailure("cannot close a file of the store: " + e.getMessage(), e);
        }
    }
}
