package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.Layout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables and indexes of a generation's file.
///
/// `entity` holds the live rows, `withheld` the keys that exist and cannot be served, `letter` the rows behind them,
/// and `checkpoint` one row: how far all of these are.
final class Schema {

    private Schema() {}

    static List<String> tables(GoldTable table, Columns columns) {
        String indexed = definitions(columns.indexed());
        String key = definitions(columns.key());
        return List.of(
                "CREATE TABLE entity (%s, version INTEGER NOT NULL, committed INTEGER NOT NULL, document BLOB NOT NULL)"
                        .formatted(indexed),
                "CREATE TABLE withheld (%s, reason TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (%s)) WITHOUT ROWID"
                        .formatted(key, columns.keyNames()),
                "CREATE TABLE letter (id INTEGER PRIMARY KEY, %s, version INTEGER NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, document BLOB NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL)"
                        .formatted(key),
                "CREATE INDEX letter_key ON letter (%s)".formatted(columns.keyNames()),
                "CREATE TABLE checkpoint (version INTEGER NOT NULL, committed INTEGER NOT NULL, commit_file TEXT NOT NULL, layout TEXT NOT NULL, retired INTEGER NOT NULL, table_id TEXT NOT NULL, epoch INTEGER NOT NULL, generation INTEGER NOT NULL, columns TEXT NOT NULL)");
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
