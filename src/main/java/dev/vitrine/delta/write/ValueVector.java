package dev.vitrine.delta.write;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Values as [Row] has them, as a column that Kernel can write.
record ValueVector(DataType type, List<@Nullable Object> values) implements ColumnVector {

    /// Rows as a batch.
    static ColumnarBatch batch(StructType schema, List<Row> rows) {
        return new Batch(schema, rows);
    }

    @Override
    public DataType getDataType() {
        return type;
    }

    @Override
    public int getSize() {
        return values.size();
    }

    @Override
    public void close() {
        // holds nothing but the values
    }

    @Override
    public boolean isNullAt(int row) {
        return values.get(row) == null;
    }

    @Override
    public boolean getBoolean(int row) {
        return (Boolean) value(row);
    }

    @Override
    public byte getByte(int row) {
        return ((Number) value(row)).byteValue();
    }

    @Override
    public short getShort(int row) {
        return ((Number) value(row)).shortValue();
    }

    @Override
    public int getInt(int row) {
        return value(row) instanceof LocalDate date
                ? Math.toIntExact(date.toEpochDay())
                : Math.toIntExact(((Number) value(row)).longValue());
    }

    @Override
    public long getLong(int row) {
        return switch (value(row)) {
            case Instant instant -> ChronoUnit.MICROS.between(Instant.EPOCH, instant);
            case LocalDateTime local -> ChronoUnit.MICROS.between(Instant.EPOCH, local.toInstant(ZoneOffset.UTC));
            case Object number -> ((Number) number).longValue();
        };
    }

    @Override
    public float getFloat(int row) {
        return ((Number) value(row)).floatValue();
    }

    @Override
    public double getDouble(int row) {
        return ((Number) value(row)).doubleValue();
    }

    @Override
    public byte[] getBinary(int row) {
        return (byte[]) value(row);
    }

    @Override
    public String getString(int row) {
        return (String) value(row);
    }

    @Override
    public BigDecimal getDecimal(int row) {
        return (BigDecimal) value(row);
    }

    @Override
    public ArrayValue getArray(int row) {
        List<@Nullable Object> elements = new ArrayList<>((List<?>) value(row));
        return new Elements(new ValueVector(((ArrayType) type).getElementType(), elements));
    }

    @Override
    public MapValue getMap(int row) {
        MapType map = (MapType) type;
        Map<?, ?> entries = (Map<?, ?>) value(row);
        return new Entries(
                new ValueVector(map.getKeyType(), new ArrayList<>(entries.keySet())),
                new ValueVector(map.getValueType(), new ArrayList<>(entries.values())));
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        StructField member = ((StructType) type).at(ordinal);
        List<@Nullable Object> children = new ArrayList<>(values.size());
        for (Object struct : values) {
            children.add(struct == null ? null : ((Row) struct).get(member.getName()));
        }
        return new ValueVector(member.getDataType(), children);
    }

    private Object value(int row) {
        return Objects.requireNonNull(values.get(row), "asked for a value where there is null");
    }

    private record Elements(ValueVector elements) implements ArrayValue {
        @Override
        public int getSize() {
            return elements.getSize();
        }

        @Override
        public ColumnVector getElements() {
            return elements;
        }
    }

    private record Entries(ValueVector keys, ValueVector values) implements MapValue {
        @Override
        public int getSize() {
            return keys.getSize();
        }

        @Override
        public ColumnVector getKeys() {
            return keys;
        }

        @Override
        public ColumnVector getValues() {
            return values;
        }
    }

    private record Batch(StructType schema, List<Row> rows) implements ColumnarBatch {
        @Override
        public StructType getSchema() {
            return schema;
        }

        @Override
        public ColumnVector getColumnVector(int ordinal) {
            return new ValueVector(schema, new ArrayList<>(rows)).getChild(ordinal);
        }

        @Override
        public int getSize() {
            return rows.size();
        }
    }
}
