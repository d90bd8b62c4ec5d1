package dev.vitrine.store.embedded;

import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.SyncStatus;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;

/// The small file beside the generations of a table: which of them is served, and what the worker said last. It is a
/// file of its own so that neither waits for a long transaction in a generation. Threads may share it.
final class Control implements AutoCloseable {

    private final Database database;
    private final Path file;

    Control(Path file) {
        this.file = file;
        this.database = Database.open(file, Database.Mode.WRITE);
        try {
            database.execute(
                    "CREATE TABLE IF NOT EXISTS served (one INTEGER PRIMARY KEY, generation INTEGER NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS status (one INTEGER PRIMARY KEY, state TEXT NOT NULL, message TEXT, latest_version INTEGER NOT NULL, loaded INTEGER NOT NULL, per_second REAL NOT NULL, share_done REAL NOT NULL, last_look TEXT, at TEXT NOT NULL)",
                    "PRAGMA user_version=" + Database.FORMAT);
        } catch (SQLException e) {
            database.close();
            throw new StoreFailure("cannot prepare " + file + ": " + e.getMessage(), e);
        }
    }

    synchronized OptionalLong served() {
        try (ResultSet row = database.query("SELECT generation FROM served")) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    /// On disk when it returns, also if the power fails: the generation before is deleted after this.
    synchronized void serve(long generation) {
        try {
            database.execute("PRAGMA synchronous=FULL");
            database.change("INSERT OR REPLACE INTO served (one, generation) VALUES (1, ?)", generation);
            database.execute("PRAGMA synchronous=NORMAL");
        } catch (SQLException e) {
            throw failure("write", e);
        }
    }

    synchronized SyncStatus status() {
        try (ResultSet row = database.query(
                "SELECT state, message, latest_version, loaded, per_second, share_done, last_look, at FROM status")) {
            if (!row.next()) {
                return SyncStatus.unknown();
            }
            String lastLook = row.getString(7);
            return new SyncStatus(
                    SyncStatus.State.valueOf(row.getString(1)),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getDouble(5),
                    row.getDouble(6),
                    lastLook == null ? null : Instant.parse(lastLook),
                    Instant.parse(row.getString(8)));
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    synchronized void report(SyncStatus status) {
        try {
            database.change(
                    "INSERT OR REPLACE INTO status (one, state, message, latest_version, loaded, per_second, share_done, last_look, at) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
                    status.state().name(),
                    status.message(),
                    status.latestVersion(),
                    status.rows(),
                    status.rowsPerSecond(),
                    status.shareDone(),
                    status.lastLook() == null ? null : status.lastLook().toString(),
                    status.at().toString());
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
