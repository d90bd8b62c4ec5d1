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
/// @param upsert changes nothing if the key was written at this version or later
/// @param replace overwrites the row of a key
record Rows(Columns columns, String insert, String insertAbsent, String upsert, String replace) {

    static Rows of(Columns columns) {
        List<String> names =
                new ArrayList<>(columns.indexed().stream().map(Column::name).toList());
        names.addAll(List.of("version", "committed", "document"));
        String into = "INTO entity (" + String.join(",", names) + ") VALUES (" + Letters.marks(names.size()) + ")";
        String set = names.stream().map(name -> name + "=excluded." + name).collect(Collectors.joining(","));
        String conflict = " ON CONFLICT (" + columns.keyNames() + ") DO ";
        return new Rows(
                columns,
                "INSERT " + into,
                "INSERT " + into + conflict + "NOTHING",
                "INSERT " + into + conflict + "UPDATE SET " + set + " WHERE entity.version < excluded.version",
                "INSERT " + into + conflict + "UPDATE SET " + set);
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
