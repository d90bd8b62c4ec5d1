package dev.vitrine.store.embedded;

import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.WriterFenced;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The small file beside the generations of a table: which of them is served, who may write, and what the worker said
/// last. It is a file of its own so that none of these waits for a long transaction in a generation. Threads may share
/// it.
///
/// What is given a token refuses one that is older than the newest seen, in the same transaction.
final class Control implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Control.class);
    private static final String STATUS = "state, message, latest_version, behind_since, load_version, load_rows,"
            + " load_per_second, load_share_done, load_started, hold_guard, hold_version, hold_rebuild, hold_reason,"
            + " hold_since, failure_message, failure_at, last_look, at";

    private final Database database;
    private final Path file;
    private final String address;

    /// @param address of the table
    Control(GenerationFiles files, String address) {
        this.file = files.folder().resolve("control.db");
        this.address = address;
        this.database = Database.open(file, Database.Mode.CREATE);
        try {
            database.transaction(() -> prepare(files));
        } catch (SQLException e) {
            database.close();
            throw failure("prepare", e);
        }
    }

    private void prepare(GenerationFiles files) throws SQLException {
        long format = database.number("PRAGMA user_version");
        if (format == Database.FORMAT) {
            return;
        }
        if (format != 0) {
            log.info("{}: what an older version of this program stored is removed; it is loaded again", address);
            database.execute("DROP TABLE IF EXISTS served", "DROP TABLE IF EXISTS status");
            GenerationFiles.delete(files.folder().resolve("rebuild.lock"));
        }
        List<Long> before = files.numbers();
        before.forEach(files::delete);
        database.execute(
                "CREATE TABLE control (one INTEGER PRIMARY KEY, token INTEGER NOT NULL, served INTEGER, last INTEGER NOT NULL)",
                "CREATE TABLE status (one INTEGER PRIMARY KEY, " + STATUS + ")",
                "PRAGMA user_version=" + Database.FORMAT);
        database.change(
                "INSERT INTO control (one, token, last) VALUES (1, 0, ?)", before.isEmpty() ? 0 : before.getLast());
    }

    synchronized OptionalLong served() {
        try (ResultSet row = database.query("SELECT served FROM control WHERE served IS NOT NULL")) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    /// From now on every older token is refused.
    synchronized void raise(long token) {
        change(token, "UPDATE control SET token = ?1 WHERE token <= ?1", token);
    }

    /// @throws WriterFenced if a newer token was seen
    synchronized void check(long token) {
        if (newest() > token) {
            throw fenced(token);
        }
    }

    private long newest() {
        try {
            return database.number("SELECT token FROM control");
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    private WriterFenced fenced(long token) {
        return new WriterFenced(address, token, newest());
    }

    /// A number for a generation that none ever had: a process that was stopped may still hold files of an old one.
    synchronized long nextNumber(long token) {
        String sql = "UPDATE control SET last = last + 1 WHERE token <= ? RETURNING last";
        try (ResultSet row = database.query(sql, token)) {
            if (row.next()) {
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw failure("write", e);
        }
        throw fenced(token);
    }

    /// On disk when it returns, also if the power fails: the generation before is deleted after this.
    synchronized void serve(long generation, long token) {
        durably(token, "UPDATE control SET served = ?2 WHERE token <= ?1", token, generation);
    }

    /// Serves nothing and tells nothing from now on, and refuses older tokens. On disk when it returns.
    synchronized void forget(long token) {
        durably(token, "UPDATE control SET token = ?1, served = NULL WHERE token <= ?1", token);
        try {
            database.change("DELETE FROM status");
        } catch (SQLException e) {
            throw failure("write", e);
        }
    }

    private void durably(long token, String sql, Object... parameters) {
        try {
            database.execute("PRAGMA synchronous=FULL");
            try {
                change(token, sql, parameters);
            } finally {
                database.execute("PRAGMA synchronous=NORMAL");
            }
        } catch (SQLException e) {
            throw failure("write", e);
        }
    }

    /// Leaves no trace of what was overwritten.
    synchronized void tidy() {
        try {
            database.truncateLog();
        } catch (SQLException e) {
            throw failure("tidy", e);
        }
    }

    synchronized SyncStatus status() {
        try (ResultSet row = database.query("SELECT " + STATUS + " FROM status")) {
            return row.next() ? status(row) : SyncStatus.unknown();
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    private static SyncStatus status(ResultSet row) throws SQLException {
        Instant loadStarted = instant(row, 9);
        String guard = row.getString(10);
        Instant holdSince = instant(row, 14);
        Instant failedAt = instant(row, 16);
        Instant at = instant(row, 18);
        return new SyncStatus(
                SyncStatus.State.valueOf(row.getString(1)),
                row.getString(2),
                row.getLong(3),
                instant(row, 4),
                loadStarted == null
                        ? null
                        : new SyncStatus.Load(
                                row.getLong(5), row.getLong(6), row.getDouble(7), row.getDouble(8), loadStarted),
                guard == null || holdSince == null
                        ? null
                        : new SyncStatus.Hold(
                                SyncStatus.Guard.valueOf(guard),
                                row.getLong(11),
                                row.getBoolean(12),
                                row.getString(13),
                                holdSince),
                failedAt == null ? null : new SyncStatus.Failure(row.getString(15), failedAt),
                instant(row, 17),
                at == null ? Instant.EPOCH : at);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : Instant.parse(text);
    }

    synchronized void report(SyncStatus status, long token) {
        SyncStatus.Load load = status.load();
        SyncStatus.Hold hold = status.hold();
        SyncStatus.Failure failure = status.lastFailure();
        change(
                token,
                "INSERT OR REPLACE INTO status (one, " + STATUS + ") SELECT 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
                        + " ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19 FROM control WHERE token <= ?1",
                token,
                status.state().name(),
                status.message(),
                status.latestVersion(),
                text(status.behindSince()),
                load == null ? null : load.version(),
                load == null ? null : load.rows(),
                load == null ? null : load.rowsPerSecond(),
                load == null ? null : load.shareDone(),
                load == null ? null : text(load.started()),
                hold == null ? null : hold.guard().name(),
                hold == null ? null : hold.version(),
                hold == null ? null : hold.rebuild(),
                hold == null ? null : hold.reason(),
                hold == null ? null : text(hold.since()),
                failure == null ? null : failure.message(),
                failure == null ? null : text(failure.at()),
                text(status.lastLook()),
                text(status.at()));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private void change(long token, String sql, @Nullable Object... parameters) {
        try {
            if (database.change(sql, parameters) == 0) {
                throw fenced(token);
            }
        } catch (SQLException e) {
            throw failure("write", e);
        }
    }

    private StoreFailure failure(String operation, SQLException e) {
        return new StoreFailure("cannot " + operation + " " + file + ": " + e.getMessage(), e);
    }

    @Override
    public synchronized void close() {
        database.close();
    }
}
