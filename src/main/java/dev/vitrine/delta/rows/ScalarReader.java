package dev.vitrine.delta.rows;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.FieldType.BinaryType;
import dev.vitrine.contract.FieldType.BooleanType;
import dev.vitrine.contract.FieldType.DateType;
import dev.vitrine.contract.FieldType.DecimalType;
import dev.vitrine.contract.FieldType.IntegerType;
import dev.vitrine.contract.FieldType.LocalTimestampType;
import dev.vitrine.contract.FieldType.NumberType;
import dev.vitrine.contract.FieldType.StringType;
import dev.vitrine.contract.FieldType.TimeType;
import dev.vitrine.contract.FieldType.TimestampType;
import dev.vitrine.delta.DeltaType;
import dev.vitrine.delta.DeltaType.Decimal;
import dev.vitrine.delta.DeltaType.Primitive;
import io.delta.kernel.data.ColumnVector;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Reads a scalar of a Delta type as a value of the contract's type. What fits (everything else is a misfit):
///
/// | contract | Delta |
/// |---|---|
/// | string, time | string |
/// | binary | binary |
/// | boolean | boolean |
/// | integer | byte, short, integer, long, decimal without fraction |
/// | decimal | decimal, and all that integer takes |
/// | number | float, double, and all that decimal takes |
/// | date | date |
/// | timestamp | timestamp |
/// | timestamp without zone | timestamp_ntz; date, as the day's first moment |
@FunctionalInterface
interface ScalarReader {

    /// The value at a row where the vector is not null; null for NaN and the infinities.
    ///
    /// Integers are [Long], decimals [BigDecimal]; a number is what the column holds: [Float], [Double], [Long] or
    /// [BigDecimal].
    ///
    /// @throws ValueUnfit the contract's type cannot hold it
    @Nullable
    Object read(ColumnVector vector, int row);

    /// The reader for a combination of types; empty if they do not fit.
    ///
    /// @param column for messages
    static Optional<ScalarReader> of(FieldType.Scalar wanted, DeltaType type, String column) {
        return Optional.ofNullable(
                switch (wanted) {
                    case StringType string -> type == Primitive.STRING ? ColumnVector::getString : null;
                    case TimeType time -> type == Primitive.STRING ? ColumnVector::getString : null;
                    case BinaryType binary -> type == Primitive.BINARY ? ColumnVector::getBinary : null;
                    case BooleanType bool -> type == Primitive.BOOLEAN ? ColumnVector::getBoolean : null;
                    case IntegerType integer -> integer(type, column);
                    case DecimalType decimal -> decimal(decimal, type, column);
                    case NumberType number -> number(type);
                    case DateType date -> type == Primitive.DATE ? date(column) : null;
                    case TimestampType timestamp -> type == Primitive.TIMESTAMP ? timestamp(column) : null;
                    case LocalTimestampType local -> localTimestamp(type, column);
                });
    }

    private static @Nullable ScalarReader integer(DeltaType type, String column) {
        if (type instanceof Decimal decimal && decimal.scale() == 0) {
            return (vector, row) -> {
                BigDecimal value = vector.getDecimal(row);
                try {
                    return value.longValueExact();
                } catch (ArithmeticException overflow) {
                    throw ValueUnfit.outOfType(column, value.toPlainString(), "is no integer of 64 bits");
                }
            };
        }
        return whole(type);
    }

    private static @Nullable ScalarReader whole(DeltaType type) {
        if (type == Primitive.BYTE) {
            return (vector, row) -> (long) vector.getByte(row);
        }
        if (type == Primitive.SHORT) {
            return (vector, row) -> (long) vector.getShort(row);
        }
        if (type == Primitive.INTEGER) {
            return (vector, row) -> (long) vector.getInt(row);
        }
        return type == Primitive.LONG ? ColumnVector::getLong : null;
    }

    private static @Nullable ScalarReader decimal(DecimalType wanted, DeltaType type, String column) {
        if (type instanceof Decimal given) {
            boolean always = given.scale() == wanted.scale() && given.precision() <= wanted.precision();
            return always ? ColumnVector::getDecimal : (vector, row) -> fit(vector.getDecimal(row), wanted, column);
        }
        ScalarReader whole = whole(type);
        return whole == null
                ? null
                : (vector, row) -> whole.read(vector, row) instanceof Long value
                        ? fit(BigDecimal.valueOf(value), wanted, column)
                        : null;
    }

    private static BigDecimal fit(BigDecimal value, DecimalType wanted, String column) {
        try {
            BigDecimal scaled = value.setScale(wanted.scale());
            if (scaled.precision() <= wanted.precision()) {
                return scaled;
            }
        } catch (ArithmeticException moreDigits) {
            throw ValueUnfit.outOfType(
                    column, value.toPlainString(), "has more than %d decimal places".formatted(wanted.scale()));
        }
        throw ValueUnfit.outOfType(
                column,
                value.toPlainString(),
                "has more digits than decimal(%d,%d)".formatted(wanted.precision(), wanted.scale()));
    }

    private static @Nullable ScalarReader number(DeltaType type) {
        if (type == Primitive.FLOAT) {
            return (vector, row) -> {
                float value = vector.getFloat(row);
                return Float.isFinite(value) ? value : null;
            };
        }
        if (type == Primitive.DOUBLE) {
            return (vector, row) -> {
                double value = vector.getDouble(row);
                return Double.isFinite(value) ? value : null;
            };
        }
        return type instanceof Decimal ? ColumnVector::getDecimal : whole(type);
    }

    private static ScalarReader date(String column) {
        return (vector, row) -> {
            LocalDate value = LocalDate.ofEpochDay(vector.getInt(row));
            checkYear(value.getYear(), column, value);
            return value;
        };
    }

    private static ScalarReader timestamp(String column) {
        return (vector, row) -> {
            LocalDateTime value = Timestamps.of(vector.getLong(row));
            checkYear(value.getYear(), column, value);
            return value.toInstant(ZoneOffset.UTC);
        };
    }

    private static @Nullable ScalarReader localTimestamp(DeltaType type, String column) {
        if (type == Primitive.DATE) {
            ScalarReader date = date(column);
            return (vector, row) -> date.read(vector, row) instanceof LocalDate day ? day.atStartOfDay() : null;
        }
        if (type != Primitive.TIMESTAMP_NTZ) {
            return null;
        }
        return (vector, row) -> {
            LocalDateTime value = Timestamps.of(vector.getLong(row));
            checkYear(value.getYear(), column, value);
            return value;
        };
    }

    private static void checkYear(int year, String column, Object value) {
        if (year < 0 || year > 9999) {
            throw ValueUnfit.outOfType(column, value, "cannot be written: years go from 0000 to 9999 (RFC 3339)");
        }
    }

    /// A read value as the Java type that the contract's type names (see [FieldType]): what keys and indexes carry.
    static Object value(FieldType.Scalar type, Object read) {
        return type instanceof NumberType
                ? switch (read) {
                    case Long whole -> BigDecimal.valueOf(whole);
                    case Float number -> new BigDecimal(number.toString());
                    case Double number -> new BigDecimal(number.toString());
                    default -> read;
                }
                : read;
    }

    /// The JSON form of what was read.
    static void write(Object read, JsonGenerator json) {
        switch (read) {
            case String value -> json.writeString(value);
            case Long value -> json.writeNumber(value);
            case BigDecimal value -> json.writeNumber(value);
            case Double value -> json.writeNumber(value);
            case Float value -> json.writeNumber(value);
            case Boolean value -> json.writeBoolean(value);
            case LocalDate value -> json.writeString(value.toString());
            case Instant value -> json.writeString(Timestamps.text(value));
            case LocalDateTime value -> json.writeString(Timestamps.text(value));
            case byte[] value -> json.writeBinary(value);
            default -> throw new IllegalArgumentException("not a scalar: " + read.getClass());
        }
    }
}
