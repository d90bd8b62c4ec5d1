package dev.vitrine.store.embedded;

import dev.vitrine.contract.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;

/// How the values of a scalar type are kept in a column, such that SQLite's order of what is kept is the order of the
/// values: integers by value, texts by code point (SQLite compares their UTF-8 bytes), blobs by unsigned bytes.
///
/// @param declared type of the column
/// @param encode value to what is kept: [Long], [String] or `byte[]`. A value between two that can be kept, which only
///     a filter can bring, becomes the lower one
/// @param decode what is kept to the value
record Encoding(String declared, UnaryOperator<Object> encode, UnaryOperator<Object> decode) {

    private static final int LONG_DIGITS = 18;
    private static final long MICROS = 1_000_000;

    private static final Encoding TEXT = new Encoding("TEXT", value -> (String) value, kept -> kept);
    private static final Encoding BOOLEAN =
            new Encoding("INTEGER", value -> (Boolean) value ? 1L : 0L, kept -> whole(kept) != 0);
    private static final Encoding INTEGER = new Encoding("INTEGER", value -> (Long) value, Encoding::whole);
    private static final Encoding NUMBER = new Encoding(
            "BLOB", value -> OrderedDecimal.encode((BigDecimal) value), kept -> OrderedDecimal.decode((byte[]) kept));
    private static final Encoding DATE = new Encoding(
            "INTEGER", value -> ((LocalDate) value).toEpochDay(), kept -> LocalDate.ofEpochDay(whole(kept)));
    private static final Encoding TIMESTAMP =
            new Encoding("INTEGER", value -> micros((Instant) value), kept -> instant(whole(kept)));
    private static final Encoding LOCAL_TIMESTAMP = new Encoding(
            "INTEGER",
            value -> micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)),
            kept -> LocalDateTime.ofInstant(instant(whole(kept)), ZoneOffset.UTC));

    static Encoding of(FieldType.Scalar type) {
        return switch (type) {
            case FieldType.StringType string -> TEXT;
            case FieldType.TimeType time -> TEXT;
            case FieldType.BinaryType binary -> TEXT;
            case FieldType.BooleanType bool -> BOOLEAN;
            case FieldType.IntegerType integer -> INTEGER;
            case FieldType.NumberType number -> NUMBER;
            case FieldType.DecimalType decimal -> decimal.precision() <= LONG_DIGITS ? scaled(decimal.scale()) : NUMBER;
            case FieldType.DateType date -> DATE;
            case FieldType.TimestampType timestamp -> TIMESTAMP;
            case FieldType.LocalTimestampType timestamp -> LOCAL_TIMESTAMP;
        };
    }

    /// Whether a value survives being kept; only then can an equal one be in the column.
    boolean exact(Object value) {
        Object kept = decode.apply(encode.apply(value));
        return value instanceof BigDecimal number ? number.compareTo((BigDecimal) kept) == 0 : value.equals(kept);
    }

    /// Microseconds since 1970, rounded down.
    static long micros(Instant instant) {
        if (instant.getEpochSecond() >= Long.MAX_VALUE / MICROS) {
            return Long.MAX_VALUE;
        }
        if (instant.getEpochSecond() <= Long.MIN_VALUE / MICROS) {
            return Long.MIN_VALUE;
        }
        return instant.getEpochSecond() * MICROS + instant.getNano() / 1000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }

    private static Encoding scaled(int scale) {
        return new Encoding(
                "INTEGER",
                value -> clamped(
                        ((BigDecimal) value).setScale(scale, RoundingMode.FLOOR).unscaledValue()),
                kept -> BigDecimal.valueOf(whole(kept), scale));
    }

    private static long clamped(BigInteger number) {
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static long whole(Object kept) {
        return ((Number) kept).longValue();
    }
}
