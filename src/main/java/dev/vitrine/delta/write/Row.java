package dev.vitrine.delta.write;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A row, a key, or a struct in a row: values by column. A column that is not in it is null.
///
/// Values: [Boolean], [Byte], [Short], [Integer], [Long], [Float], [Double], [String], `byte[]`,
/// [java.math.BigDecimal], [java.time.LocalDate], [java.time.Instant], [java.time.LocalDateTime], [List] for arrays,
/// [Row] for structs, [Map] for maps.
public record Row(Map<String, @Nullable Object> values) {
    public Row {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// Columns and their values in turn: `Row.of("id", 1L, "name", "Ada")`.
    public static Row of(@Nullable Object... columnsAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            values.put(String.valueOf(columnsAndValues[i]), columnsAndValues[i + 1]);
        }
        return new Row(values);
    }

    public @Nullable Object get(String column) {
        return values.get(column);
    }

    /// The same row with another value in one column.
    public Row with(String column, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
        changed.put(column, value);
        return new Row(changed);
    }

    /// Some of the columns: the key of a row is the row with its key columns only.
    public Row only(List<String> columns) {
        Map<String, @Nullable Object> some = new LinkedHashMap<>();
        for (String column : columns) {
            some.put(column, values.get(column));
        }
        return new Row(some);
    }
}
