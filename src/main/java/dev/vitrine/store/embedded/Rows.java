package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityChange.Upserted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The statements that write rows of `entity`. Their parameters are those of [#parameters].
///
/// @param insert fails on a key that is there
/// @param insertAbsent changes nothing if the key is there
/// @param replaceOlder changes nothing unless the key is there from an older version
/// @param revive changes nothing unless the key is there from an older version and among `temp.dead`
record Rows(Columns columns, String insert, String insertAbsent, String replaceOlder, String revive) {

    static Rows of(Columns columns) {
        List<String> names =
                new ArrayList<>(columns.indexed().stream().map(Column::name).toList());
        names.addAll(List.of("version", "committed", "document"));
        String insert =
                "INSERT INTO entity (" + String.join(",", names) + ") VALUES (" + Letters.marks(names.size()) + ")";
        List<String> keys = columns.key().stream().map(Column::name).toList();
        String set = names.stream()
                .filter(name -> !keys.contains(name))
                .map(name -> name + "=" + mark(names, name))
                .collect(Collectors.joining(","));
        String key = keys.stream().map(name -> name + "=" + mark(names, name)).collect(Collectors.joining(" AND "));
        String replace = "UPDATE entity SET " + set + " WHERE " + key + " AND version<" + mark(names, "version");
        return new Rows(
                columns,
                insert,
                insert + " ON CONFLICT (" + columns.keyNames() + ") DO NOTHING",
                replace,
                replace + " AND rowid IN temp.dead");
    }

    private static String mark(List<String> names, String name) {
        return "?" + (names.indexOf(name) + 1);
    }

    @Nullable
    Object[] parameters(Upserted row, long version, long committed) {
        int size = columns.indexed().size();
        @Nullable Object[] parameters = new @Nullable Object[size + 3];
        for (int i = 0; i < size; i++) {
            parameters[i] = columns.indexed().get(i).encode(row.indexed().get(i));
        }
        parameters[size] = version;
        parameters[size + 1] = committed;
        parameters[size + 2] = row.document();
        return parameters;
    }
}
