package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityChange.Upserted;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the store is compared with: rows that lie ready in memory, written through JDBC to the same columns and
/// indexes, by somebody who knows how to make that fast.
public final class PlainSqlite implements AutoCloseable {

    private final GoldTable table;
    private final Columns columns;
    private final Rows rows;
    private final Connection connection;

    public PlainSqlite(Path file, GoldTable table) throws SQLException {
        this.table = table;
        this.columns = Columns.of(table, Schema.columnTexts(table));
        this.rows = Rows.of(columns);
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    /// Inserts all rows in one transaction and builds the indexes after it, without a journal that a crash would need.
    public void load(List<Upserted> inserts) throws SQLException {
        execute(
                "PRAGMA journal_mode=TRUNCATE",
                "PRAGMA synchronous=OFF",
                "PRAGMA locking_mode=EXCLUSIVE",
                "PRAGMA cache_size=-65536",
                Schema.tables(table, columns).getFirst());
        write(rows.insert(), inserts, 1);
        connection.setAutoCommit(false);
        execute(Schema.keyIndex(columns));
        execute(Schema.indexes(table, columns).toArray(String[]::new));
        connection.commit();
        connection.setAutoCommit(true);
    }

    /// From now on as durable as the store.
    public void logAhead() throws SQLException {
        execute("PRAGMA locking_mode=NORMAL", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL");
    }

    /// Overwrites rows, in one transaction.
    public void upsert(List<Upserted> updates, long version) throws SQLException {
        write(upsert(columns), updates, version);
    }

    /// Inserts a row or overwrites the one with its key.
    static String upsert(Columns columns) {
        List<String> names = List.of((columns.all() + ",version,committed,document").split(","));
        String set = names.stream().map(name -> name + "=excluded." + name).collect(Collectors.joining(","));
        return Rows.of(columns).insert() + " ON CONFLICT (" + columns.keyNames() + ") DO UPDATE SET " + set;
    }

    private void write(String sql, List<Upserted> changes, long version) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Upserted change : changes) {
                @Nullable Object[] parameters = rows.parameters(change, version, 0);
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                statement.executeUpdate();
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void execute(String... commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
