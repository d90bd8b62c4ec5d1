package dev.vitrine.store.embedded;

import dev.vitrine.contract.FieldType;
import dev.vitrine.store.KeptValues;
import java.math.BigDecimal;
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

    private static final Encoding TEXT = new Encoding("TEXT", value -> (String) value, kept -> kept);
    private static final Encoding BOOLEAN =
            new Encoding("INTEGER", value -> (Boolean) value ? 1L : 0L, kept -> whole(kept) != 0);
    private static final Encoding INTEGER = new Encoding("INTEGER", value -> (Long) value, Encoding::whole);
    private static final Encoding NUMBER = new Encoding(
            "BLOB", value -> OrderedDecimal.encode((BigDecimal) value), kept -> OrderedDecimal.decode((byte[]) kept));
    private static final Encoding DATE = new Encoding(
            "INTEGER", value -> ((LocalDate) value).toEpochDay(), kept -> LocalDate.ofEpochDay(whole(kept)));
    private static final Encoding TIMESTAMP = new Encoding(
            "INTEGER", value -> KeptValues.micros((Instant) value), kept -> KeptValues.instant(whole(kept)));
    private static final Encoding LOCAL_TIMESTAMP = new Encoding(
            "INTEGER",
            value -> KeptValues.micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)),
            kept -> LocalDateTime.ofInstant(KeptValues.instant(whole(kept)), ZoneOffset.UTC));

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
        return KeptValues.same(value, decode.apply(encode.apply(value)));
    }

    private static Encoding scaled(int scale) {
        return new Encoding(
                "INTEGER",
                value -> KeptValues.clamped(
                        ((BigDecimal) value).setScale(scale, RoundingMode.FLOOR).unscaledValue()),
                kept -> BigDecimal.valueOf(whole(kept), scale));
    }

    private static long whole(Object kept) {
        return ((Number) kept).longValue();
    }
}
