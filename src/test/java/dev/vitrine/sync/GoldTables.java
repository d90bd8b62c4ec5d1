package dev.vitrine.sync;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType.StringType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Small gold tables with the key `id`.
final class GoldTables {

    private GoldTables() {}

    static GoldTable of(String product, String name, String... columns) {
        IndexedColumn key = new IndexedColumn(List.of("id"), StringType.any());
        List<Field> fields = Stream.concat(Stream.of("id"), Stream.of(columns))
                .map(column -> new Field(
                        column, column, StringType.any(), column.equals("id"), false, null, null, null, List.of()))
                .toList();
        return new GoldTable(
                product,
                name,
                "nowhere",
                fields,
                List.of(key),
                List.of(key),
                List.of(),
                0.5,
                Duration.ofSeconds(5),
                null);
    }
}
