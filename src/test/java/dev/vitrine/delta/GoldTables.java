package dev.vitrine.delta;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Gold tables as contracts would ask for them.
public final class GoldTables {

    private GoldTables() {}

    /// A table of which only the generic rows are read.
    public static GoldTable whole(Path location) {
        return of(location, List.of(column("id", integer())), "id");
    }

    /// The key columns are indexed, nothing else.
    public static GoldTable of(Path location, List<Field> columns, String... key) {
        List<IndexedColumn> keys = Arrays.stream(key)
                .map(name -> columns.stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .map(column -> new IndexedColumn(List.of(column.column()), (FieldType.Scalar) column.type()))
                .toList();
        return new GoldTable(
                "test",
                String.valueOf(location.getFileName()),
                location.toString(),
                columns,
                keys,
                keys,
                List.of(),
                0.5,
                Duration.ofSeconds(5),
                null);
    }

    /// The same table with more columns indexed.
    public static GoldTable indexing(GoldTable table, IndexedColumn... more) {
        List<IndexedColumn> indexed = new ArrayList<>(table.indexed());
        indexed.addAll(Arrays.asList(more));
        return new GoldTable(
                table.product(),
                table.name(),
                table.location(),
                table.columns(),
                table.key(),
                indexed,
                table.sorts(),
                table.maxDeleteShare(),
                table.pace(),
                table.schedule());
    }

    public static Field column(String name, FieldType type) {
        return new Field(name, name, type, false, false, null, null, null, List.of());
    }

    public static Field required(String name, FieldType type) {
        return new Field(name, name, type, true, false, null, null, null, List.of());
    }

    public static FieldType.IntegerType integer() {
        return new FieldType.IntegerType(false, null, null);
    }

    public static FieldType.StringType string() {
        return FieldType.StringType.any();
    }
}
