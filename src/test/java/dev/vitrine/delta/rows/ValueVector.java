package dev.vitrine.delta.rows;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.DataType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column that a test writes down.
record ValueVector(DataType type, List<@Nullable Object> values) implements ColumnVector {

    static ColumnVector of(DataType type, @Nullable Object... values) {
        return new ValueVector(type, Arrays.asList(values));
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
        // holds nothing
    }

    @Override
    public boolean isNullAt(int row) {
        return values.get(row) == null;
    }

    @Override
    public long getLong(int row) {
        return ((Number) value(row)).longValue();
    }

    @Override
    public int getInt(int row) {
        return ((Number) value(row)).intValue();
    }

    @Override
    public double getDouble(int row) {
        return ((Number) value(row)).doubleValue();
    }

    @Override
    public String getString(int row) {
        return (String) value(row);
    }

    @Override
    public BigDecimal getDecimal(int row) {
        return (BigDecimal) value(row);
    }

    private Object value(int row) {
        return java.util.Objects.requireNonNull(values.get(row));
    }
}
