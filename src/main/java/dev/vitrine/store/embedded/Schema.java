package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.Kept;
import dev.vitrine.store.KeptValues;
import dev.vitrine.store.Layout;
import dev.vitrine.store.Origin;
import dev.vitrine.store.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables and indexes of a generation's file.
///
/// - `entity` holds the live rows, `withheld` the keys that exist and cannot be served, `letter` the rows behind them
/// - `checkpoint` is one row: how far all of these are (`stamp` tells its states apart), whose they are (`token`), how
///   often something was deleted (`erasures`) and up to which of these times no trace of it is left (`erased`)
/// - `load` is one row about how the generation was filled
///
/// A withheld key has as many rows in the gold table as it has letters and dismissed ones.
final class Schema {

    /// Of letters beside their columns of the entity.
    static final String LETTER =
            "written, committed, version, servable, reason, detail, document, hash, first_seen, last_seen";

    /// More than a generation will ever have.
    private static final long LETTERS = 1_000_000_000;

    private Schema() {}

    static List<String> tables(GoldTable table, Columns columns) {
        String indexed = definitions(columns.indexed());
        String key = definitions(columns.key());
        return List.of(
                "CREATE TABLE entity (%s, version INTEGER NOT NULL, committed INTEGER NOT NULL, document BLOB NOT NULL)"
                        .formatted(indexed),
                "CREATE TABLE withheld (%s, reason TEXT NOT NULL, dismissed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (%s)) WITHOUT ROWID"
                        .formatted(key, columns.keyNames()),
                "CREATE TABLE letter (id INTEGER PRIMARY KEY AUTOINCREMENT, %s, written INTEGER NOT NULL, committed INTEGER NOT NULL, version INTEGER NOT NULL, servable INTEGER NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, document BLOB NOT NULL, hash INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL)"
                        .formatted(indexed),
                "CREATE INDEX letter_key ON letter (%s, hash)".formatted(columns.keyNames()),
                "CREATE INDEX letter_reason ON letter (reason)",
                "CREATE INDEX letter_seen ON letter (last_seen)",
                "CREATE TABLE checkpoint (stamp INTEGER NOT NULL, retired INTEGER NOT NULL, version INTEGER NOT NULL, committed INTEGER NOT NULL, commit_file TEXT NOT NULL, layout TEXT NOT NULL, entities INTEGER NOT NULL, diverged_since INTEGER, token INTEGER NOT NULL, erasures INTEGER NOT NULL, erased INTEGER NOT NULL, table_id TEXT NOT NULL, epoch INTEGER NOT NULL, generation INTEGER NOT NULL, columns TEXT NOT NULL)",
                "CREATE TABLE load (version INTEGER NOT NULL, committed INTEGER NOT NULL, commit_file TEXT NOT NULL, files INTEGER NOT NULL, loaded INTEGER NOT NULL, letters INTEGER NOT NULL, sealed INTEGER NOT NULL)");
    }

    /// Makes the tables of a generation, with nothing in them yet.
    static void create(Database database, EmbeddedTable table, Columns columns, Origin origin, long number, Token token)
            throws SQLException {
        database.execute(tables(table.table(), columns).toArray(String[]::new));
        Revision revision = origin.revision();
        database.change(
                "INSERT INTO checkpoint (stamp, retired, version, committed, commit_file, layout, entities, token, erasures, erased, table_id, epoch, generation, columns) VALUES (0, 0, ?, ?, ?, ?, 0, ?, 0, 0, ?, ?, ?, ?)",
                revision.version(),
                KeptValues.micros(revision.commitTime()),
                origin.commitFile(),
                String.join("\n", table.layout().lines()),
                token.number(),
                origin.tableId(),
                revision.epoch(),
                number,
                String.join("\n", columnTexts(table.table())));
        database.change(
                "INSERT INTO load (version, committed, commit_file, files, loaded, letters, sealed) VALUES (?, ?, ?, 0, 0, 0, 0)",
                revision.version(),
                KeptValues.micros(revision.commitTime()),
                origin.commitFile());
        // so that ids of letters are not used again by a later generation
        database.change("INSERT INTO sqlite_sequence (name, seq) VALUES ('letter', ?)", number * LETTERS);
    }

    /// What a generation was loaded from.
    static Origin origin(Database database) throws SQLException {
        try (ResultSet row = database.query(
                "SELECT p.table_id, p.epoch, l.version, l.committed, l.commit_file FROM checkpoint p, load l")) {
            row.next();
            Revision revision = new Revision(row.getLong(2), row.getLong(3), KeptValues.instant(row.getLong(4)));
            return new Origin(row.getString(1), revision, row.getString(5));
        }
    }

    /// What a generation holds of it.
    static Kept kept(Database database) throws SQLException {
        try (ResultSet row = database.query("SELECT files, loaded, sealed FROM load")) {
            row.next();
            return new Kept(row.getInt(1), row.getLong(2), row.getBoolean(3));
        }
    }

    /// What a generation held when it was sealed.
    static Sealed sealed(Database database) throws SQLException {
        try (ResultSet row = database.query("SELECT loaded, letters FROM load")) {
            row.next();
            return new Sealed(row.getLong(1), row.getLong(2));
        }
    }

    /// What a connection that applies commits keeps about the one that it is applying.
    static List<String> temporary(Columns columns) {
        return List.of(
                "CREATE TEMP TABLE IF NOT EXISTS dead (id INTEGER PRIMARY KEY)",
                "CREATE TEMP TABLE IF NOT EXISTS aside AS SELECT * FROM entity WHERE 0",
                "CREATE UNIQUE INDEX IF NOT EXISTS temp.aside_key ON aside (%s)".formatted(columns.keyNames()),
                "CREATE TEMP TABLE IF NOT EXISTS touched (%s, removed INTEGER NOT NULL, PRIMARY KEY (%s)) WITHOUT ROWID"
                        .formatted(definitions(columns.key()), columns.keyNames()));
    }

    /// Letters that were there before, to look up when an equal one was first seen.
    static List<String> older(Columns columns) {
        return List.of(
                "CREATE TEMP TABLE IF NOT EXISTS older (%s, hash INTEGER NOT NULL, document BLOB NOT NULL, first_seen INTEGER NOT NULL)"
                        .formatted(definitions(columns.key())),
                "DELETE FROM temp.older");
    }

    /// Built before the others: duplicate keys show here.
    static String keyIndex(Columns columns) {
        return "CREATE UNIQUE INDEX entity_key ON entity (%s)".formatted(columns.keyNames());
    }

    /// One for each order that is served without sorting: a column or a listed combination, then the key.
    static List<String> indexes(GoldTable table, Columns columns) {
        Set<String> orders = new LinkedHashSet<>();
        table.indexed().forEach(column -> orders.add(order(List.of(columns.column(column)), List.of(false), columns)));
        table.sorts()
                .forEach(terms -> orders.add(order(
                        terms.stream()
                                .map(term -> columns.column(term.column()))
                                .toList(),
                        terms.stream().map(GoldTable.IndexedTerm::descending).toList(),
                        columns)));
        orders.remove(columns.keyNames());
        List<String> statements = new ArrayList<>();
        for (String order : orders) {
            statements.add("CREATE INDEX entity_" + statements.size() + " ON entity (" + order + ")");
        }
        return statements;
    }

    /// The key follows the direction of the last term, as in [dev.vitrine.entity.Order].
    private static String order(List<Column> terms, List<Boolean> descending, Columns columns) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            parts.add(terms.get(i).name() + (descending.get(i) ? " DESC" : ""));
        }
        columns.key().stream()
                .filter(column -> !terms.contains(column))
                .forEach(column -> parts.add(column.name() + (descending.getLast() ? " DESC" : "")));
        return String.join(",", parts);
    }

    /// The texts of the indexed columns, whose positions name the columns.
    static List<String> columnTexts(GoldTable table) {
        return table.indexed().stream().map(Layout::text).toList();
    }

    private static String definitions(List<Column> columns) {
        return columns.stream()
                .flatMap(column ->
                        Stream.of(column.name() + " " + column.encoding().declared()))
                .collect(Collectors.joining(", "));
    }
}
