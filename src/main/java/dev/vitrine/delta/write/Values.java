package dev.vitrine.delta.write;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns what Kernel read into values as [Row] has them.
final class Values {

    private Values() {}

    static List<Row> rows(ColumnarBatch batch) {
        StructType schema = batch.getSchema();
        List<ColumnVector> columns = new ArrayList<>();
        for (int ordinal = 0; ordinal < schema.length(); ordinal++) {
            columns.add(batch.getColumnVector(ordinal));
        }
        List<Row> rows = new ArrayList<>(batch.getSize());
        for (int row = 0; row < batch.getSize(); row++) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int ordinal = 0; ordinal < schema.length(); ordinal++) {
                values.put(schema.at(ordinal).getName(), value(columns.get(ordinal), row));
            }
            rows.add(new Row(values));
        }
        return rows;
    }

    private static @Nullable Object value(ColumnVector column, int row) {
        if (column.isNullAt(row)) {
            return null;
        }
        return switch (column.getDataType()) {
            case BooleanType type -> column.getBoolean(row);
            case ByteType type -> column.getByte(row);
            case ShortType type -> column.getShort(row);
            case IntegerType type -> column.getInt(row);
            case LongType type -> column.getLong(row);
            case FloatType type -> column.getFloat(row);
            case DoubleType type -> column.getDouble(row);
            case StringType type -> column.getString(row);
            case BinaryType type -> column.getBinary(row);
            case DecimalType type -> column.getDecimal(row);
            case DateType type -> LocalDate.ofEpochDay(column.getInt(row));
            case TimestampType type -> Instant.EPOCH.plus(column.getLong(row), ChronoUnit.MICROS);
            case TimestampNTZType type ->
                LocalDateTime.ofInstant(Instant.EPOCH.plus(column.getLong(row), ChronoUnit.MICROS), ZoneOffset.UTC);
            case ArrayType type -> list(column.getArray(row).getElements());
            case MapType type ->
                map(column.getMap(row).getKeys(), column.getMap(row).getValues());
            case StructType type -> struct(type, column, row);
            default -> throw new IllegalArgumentException("The writer knows no type " + column.getDataType());
        };
    }

    private static List<@Nullable Object> list(ColumnVector elements) {
        List<@Nullable Object> list = new ArrayList<>(elements.getSize());
        for (int row = 0; row < elements.getSize(); row++) {
            list.add(value(elements, row));
        }
        return list;
    }

    private static Map<@Nullable Object, @Nullable Object> map(ColumnVector keys, ColumnVector values) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int row = 0; row < keys.getSize(); row++) {
            map.put(value(keys, row), value(values, row));
        }
        return map;
    }

    private static Row struct(StructType type, ColumnVector column, int row) {
        Map<String, @Nullable Object> struct = new LinkedHashMap<>();
        for (int ordinal = 0; ordinal < type.length(); ordinal++) {
            struct.put(type.at(ordinal).getName(), value(column.getChild(ordinal), row));
        }
        return new Row(struct);
    }
}
