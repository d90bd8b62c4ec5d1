package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.Layout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which columns of a generation keep what a gold table wants indexed.
///
/// @param indexed in the order of [GoldTable#indexed()]
/// @param key in the order of [GoldTable#key()]
/// @param byPath every indexed one
/// @param all names of those that the generation was made with: `c0,c1,c2`
record Columns(List<Column> indexed, List<Column> key, Map<List<String>, Column> byPath, String all) {

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
                byPath,
                IntStream.range(0, kept.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(",")));
    }

    Column column(IndexedColumn column) {
        Column found = byPath.get(column.path());
        if (found == null) {
            throw new IllegalArgumentException(Layout.text(column) + " is not indexed");
        }
        return found;
    }

    /// `c0,c1,c2`, in the order of [#indexed].
    String indexedNames() {
        return indexed.stream().map(Column::name).collect(Collectors.joining(","));
    }

    /// `c0,c1`.
    String keyNames() {
        return keyNames("");
    }

    String keyNames(String prefix) {
        return key.stream().map(column -> prefix + column.name()).collect(Collectors.joining(","));
    }

    /// `e.c0=?1 AND e.c1=?2`: the key, as the first parameters of a statement.
    String keyEquals(String prefix) {
        List<String> conditions = new ArrayList<>();
        for (Column column : key) {
            conditions.add(prefix + column.name() + "=?" + (conditions.size() + 1));
        }
        return String.join(" AND ", conditions);
    }

    /// The key as it is kept, with room for further parameters behind it.
    @Nullable
    Object[] encode(EntityKey entity, @Nullable Object... further) {
        @Nullable Object[] kept = new @Nullable Object[key.size() + further.length];
        for (int i = 0; i < key.size(); i++) {
            kept[i] = key.get(i).encode(entity.values().get(i));
        }
        System.arraycopy(further, 0, kept, key.size(), further.length);
        return kept;
    }

    /// The key that starts at a column of a result.
    EntityKey decode(ResultSet row, int first) throws SQLException {
        List<Object> values = new ArrayList<>(key.size());
        for (int i = 0; i < key.size(); i++) {
            values.add(Objects.requireNonNull(key.get(i).decode(row.getObject(first + i))));
        }
        return new EntityKey(values);
    }
}
