package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.StoreFailure;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `tables.db`: the tables of which something may be kept, and since when no contract names them. Processes share it.
final class KeptTables implements AutoCloseable {

    private final Path file;
    private final Database database;

    KeptTables(Path file) {
        this.file = file;
        this.database = Database.open(file, Database.Mode.CREATE);
        try {
            database.execute(
                    "CREATE TABLE IF NOT EXISTS kept (product TEXT NOT NULL, name TEXT NOT NULL, withdrawn TEXT, PRIMARY KEY (product, name)) WITHOUT ROWID",
                    "PRAGMA user_version=" + Database.FORMAT);
        } catch (SQLException e) {
            database.close();
            throw failure("prepare", e);
        }
    }

    /// One of them.
    record Name(String product, String table) {

        static Name of(GoldTable table) {
            return new Name(table.product(), table.name());
        }

        String address() {
            return product + "/" + table;
        }
    }

    /// Something is about to be kept.
    synchronized void add(Name name) {
        change("INSERT OR IGNORE INTO kept (product, name) VALUES (?, ?)", name.product(), name.table());
    }

    /// Nothing is kept any more.
    synchronized void remove(Name name) {
        change("DELETE FROM kept WHERE product = ? AND name = ?", name.product(), name.table());
    }

    /// See [dev.vitrine.store.EntityStore#withdrawn(Set, Instant)]. Writes only what changes.
    synchronized SortedMap<String, Instant> withdrawn(Set<String> named, Instant now) {
        SortedMap<String, Instant> withdrawn = new TreeMap<>();
        all().forEach((name, since) -> {
            Instant next = named.contains(name.address()) ? null : since == null ? now : since;
            if (!Objects.equals(next, since)) {
                change(
                        "UPDATE kept SET withdrawn = ? WHERE product = ? AND name = ?",
                        next == null ? null : next.toString(),
                        name.product(),
                        name.table());
            }
            if (next != null) {
                withdrawn.put(name.address(), next);
            }
        });
        return withdrawn;
    }

    synchronized SortedMap<String, Instant> withdrawn() {
        SortedMap<String, Instant> withdrawn = new TreeMap<>();
        all().forEach((name, since) -> {
            if (since != null) {
                withdrawn.put(name.address(), since);
            }
        });
        return withdrawn;
    }

    /// The one at that address; empty if nothing is kept of it.
    synchronized Optional<Name> at(String address) {
        return all().keySet().stream()
                .filter(name -> name.address().equals(address))
                .findFirst();
    }

    private Map<Name, @Nullable Instant> all() {
        Map<Name, @Nullable Instant> all = new LinkedHashMap<>();
        try (ResultSet row = database.query("SELECT product, name, withdrawn FROM kept")) {
            while (row.next()) {
                String since = row.getString(3);
                all.put(new Name(row.getString(1), row.getString(2)), since == null ? null : Instant.parse(since));
            }
        } catch (SQLException e) {
            throw failure("read", e);
        }
        return all;
    }

    private void change(String sql, @Nullable Object... parameters) {
        try {
            database.change(sql, parameters);
        } catch (SQLException e) {
            throw failure("write to", e);
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
