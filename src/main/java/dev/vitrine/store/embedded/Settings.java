package dev.vitrine.store.embedded;

import dev.vitrine.store.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Named values in a file. Threads may share it.
final class Settings implements AutoCloseable {

    private final Path file;
    private final Database database;

    Settings(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new StoreFailure("cannot create the folder of " + file, e);
        }
        this.database = Database.open(file, Database.Mode.CREATE);
        try {
            database.execute(
                    "CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID",
                    "PRAGMA user_version=" + Database.FORMAT);
        } catch (SQLException e) {
            database.close();
            throw failure("prepare", e);
        }
    }

    synchronized Optional<byte[]> get(String name) {
        try (ResultSet row = database.query("SELECT content FROM setting WHERE name = ?", name)) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        } catch (SQLException e) {
            throw failure("read " + name + " from", e);
        }
    }

    synchronized byte[] getOr(String name, byte[] value) {
        change("INSERT OR IGNORE INTO setting (name, content) VALUES (?, ?)", name, value);
        return get(name).orElseThrow();
    }

    synchronized void put(String name, byte[] value) {
        change("INSERT OR REPLACE INTO setting (name, content) VALUES (?, ?)", name, value);
    }

    private void change(String sql, String name, byte[] value) {
        try {
            database.change(sql, name, value);
        } catch (SQLException e) {
            throw failure("write " + name + " to", e);
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
