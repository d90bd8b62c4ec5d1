package dev.vitrine.store;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.IndexedColumn;
import java.util.List;

/// Columns of tables that tests make up.
public final class ColumnFields {

    private ColumnFields() {}

    /// One optional column for each indexed one.
    public static List<Field> of(List<IndexedColumn> indexed) {
        return indexed.stream()
                .map(column -> new Field(
                        column.path().getFirst(),
                        column.path().getFirst(),
                        column.type(),
                        false,
                        true,
                        null,
                        null,
                        null,
                        List.of()))
                .toList();
    }
}
