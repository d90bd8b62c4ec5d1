package dev.vitrine.store.embedded;

import dev.vitrine.store.Order;
import dev.vitrine.store.Orders;
import dev.vitrine.store.StoreFailure;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `orders.db`. Processes share it.
final class EmbeddedOrders implements Orders, AutoCloseable {

    private static final int DONE_KEPT = 100;
    private static final String COLUMNS = "id, address, action, version, letters, placed_by, placed, outcome, done_at";

    private final Path file;
    private final Clock clock;
    private final Database database;

    EmbeddedOrders(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.database = Database.open(file, Database.Mode.CREATE);
        try {
            database.execute(
                    "CREATE TABLE IF NOT EXISTS placed (id INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT NOT NULL, action TEXT NOT NULL, version INTEGER, letters TEXT NOT NULL, placed_by TEXT NOT NULL, placed TEXT NOT NULL, outcome TEXT, done_at TEXT)",
                    "CREATE INDEX IF NOT EXISTS placed_pending ON placed (id) WHERE done_at IS NULL",
                    "CREATE INDEX IF NOT EXISTS placed_of ON placed (address)",
                    "PRAGMA user_version=" + Database.FORMAT);
        } catch (SQLException e) {
            database.close();
            throw failure("prepare", e);
        }
    }

    @Override
    public synchronized Order place(
            String table, Order.Action action, @Nullable Long version, List<Long> letters, String by) {
        String ids = letters.stream().map(String::valueOf).collect(Collectors.joining(","));
        try {
            return database.transaction(() -> {
                List<Order> equal = read(
                        "WHERE done_at IS NULL AND address = ? AND action = ? AND version IS ? AND letters = ?",
                        table,
                        action.name(),
                        version,
                        ids);
                if (!equal.isEmpty()) {
                    return equal.getFirst();
                }
                database.change(
                        "INSERT INTO placed (address, action, version, letters, placed_by, placed) VALUES (?, ?, ?, ?, ?, ?)",
                        table,
                        action.name(),
                        version,
                        ids,
                        by,
                        clock.instant().toString());
                return read("WHERE id = last_insert_rowid()").getFirst();
            });
        } catch (SQLException e) {
            throw failure("place an order for " + table + " in", e);
        }
    }

    @Override
    public synchronized List<Order> pending() {
        try {
            return read("WHERE done_at IS NULL ORDER BY id");
        } catch (SQLException e) {
            throw failure("read orders from", e);
        }
    }

    @Override
    public synchronized List<Order> of(String table, int limit) {
        try {
            return read("WHERE address = ? ORDER BY id DESC LIMIT ?", table, limit);
        } catch (SQLException e) {
            throw failure("read the orders of " + table + " from", e);
        }
    }

    @Override
    public synchronized Optional<Order> order(long id) {
        try {
            return read("WHERE id = ?", id).stream().findFirst();
        } catch (SQLException e) {
            throw failure("read order " + id + " from", e);
        }
    }

    @Override
    public synchronized void done(long id, String outcome) {
        try {
            database.transaction(() -> {
                database.change(
                        "UPDATE placed SET outcome = ?, done_at = ? WHERE id = ? AND done_at IS NULL",
                        outcome,
                        clock.instant().toString(),
                        id);
                database.change(
                        "DELETE FROM placed WHERE done_at IS NOT NULL AND address = (SELECT address FROM placed WHERE id = ?1) AND id NOT IN (SELECT id FROM placed WHERE done_at IS NOT NULL AND address = (SELECT address FROM placed WHERE id = ?1) ORDER BY done_at DESC, id DESC LIMIT ?2)",
                        id,
                        DONE_KEPT);
            });
        } catch (SQLException e) {
            throw failure("end order " + id + " in", e);
        }
    }

    private List<Order> read(String where, @Nullable Object... parameters) throws SQLException {
        List<Order> orders = new ArrayList<>();
        try (ResultSet row = database.query("SELECT " + COLUMNS + " FROM placed " + where, parameters)) {
            while (row.next()) {
                String done = row.getString(9);
                orders.add(new Order(
                        row.getLong(1),
                        row.getString(2),
                        Order.Action.valueOf(row.getString(3)),
                        row.getObject(4) == null ? null : row.getLong(4),
                        ids(row.getString(5)),
                        row.getString(6),
                        Instant.parse(row.getString(7)),
                        row.getString(8),
                        done == null ? null : Instant.parse(done)));
            }
        }
        return orders;
    }

    private static List<Long> ids(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",")).map(Long::valueOf).toList();
    }

    private StoreFailure failure(String operation, SQLException e) {
        return new StoreFailure("cannot " + operation + " " + file + ": " + e.getMessage(), e);
    }

    @Override
    public synchronized void close() {
        database.close();
    }
}
