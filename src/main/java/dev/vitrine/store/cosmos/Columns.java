package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which properties of a generation's items keep what a gold table wants indexed.
///
/// @param indexed in the order of [GoldTable#indexed()]
/// @param key in the order of [GoldTable#key()]
/// @param byPath every indexed one
record Columns(List<Column> indexed, List<Column> key, Map<List<String>, Column> byPath) {

    /// @param kept the texts of the indexed columns that the generation was made with; their positions are the names
    static Columns of(GoldTable table, List<String> kept) {
        Map<List<String>, Column> byPath = table.indexed().stream()
                .collect(Collectors.toMap(
                        IndexedColumn::path,
                        column -> new Column("c" + kept.indexOf(Layout.text(column)), Encoding.of(column.type()))));
        Function<IndexedColumn, Column> find = column -> Objects.requireNonNull(byPath.get(column.path()));
        return new Columns(
                table.indexed().stream().map(find).toList(),
                table.key().stream().map(find).toList(),
                byPath);
    }

    /// The texts of a table's indexed columns.
    static List<String> texts(GoldTable table) {
        return table.indexed().stream().map(Layout::text).toList();
    }

    Column column(IndexedColumn column) {
        Column found = byPath.get(column.path());
        if (found == null) {
            throw new IllegalArgumentException(Layout.text(column) + " is not indexed");
        }
        return found;
    }

    /// The key in an item's values.
    EntityKey key(JsonNode values) {
        List<Object> parts = new ArrayList<>(key.size());
        for (Column column : key) {
            parts.add(Objects.requireNonNull(column.decode(column.kept(values))));
        }
        return new EntityKey(parts);
    }
}
