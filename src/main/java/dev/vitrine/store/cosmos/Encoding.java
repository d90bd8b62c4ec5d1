package dev.vitrine.store.cosmos;

import dev.vitrine.contract.FieldType;
import dev.vitrine.store.KeptValues;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;

/// How the values of a scalar type are kept in an item, such that the service's order of what is kept is the order of
/// the values, and every digit comes back.
///
/// @param encode value to what is kept: [String], [Boolean] or [Long] (only such as fit a double). A value between two
///     that can be kept, which only a filter can bring, becomes the lower one
/// @param decode what is kept to the value
record Encoding(UnaryOperator<Object> encode, UnaryOperator<Object> decode) {

    private static final int LONG_DIGITS = 18;

    private static final Encoding TEXT =
            new Encoding(value -> OrderedText.encode((String) value), kept -> OrderedText.decode((String) kept));
    private static final Encoding BOOLEAN = new Encoding(value -> value, kept -> kept);
    private static final Encoding INTEGER =
            new Encoding(value -> OrderedNumber.encode((Long) value), kept -> OrderedNumber.decodeLong((String) kept));
    private static final Encoding NUMBER = new Encoding(
            value -> OrderedNumber.encode((BigDecimal) value), kept -> OrderedNumber.decodeDecimal((String) kept));
    private static final Encoding DATE = new Encoding(
            value -> ((LocalDate) value).toEpochDay(), kept -> LocalDate.ofEpochDay(((Number) kept).longValue()));
    private static final Encoding TIMESTAMP = new Encoding(
            value -> OrderedNumber.encode(KeptValues.micros((Instant) value)),
            kept -> KeptValues.instant(OrderedNumber.decodeLong((String) kept)));
    private static final Encoding LOCAL_TIMESTAMP = new Encoding(
            value -> OrderedNumber.encode(KeptValues.micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC))),
            kept -> LocalDateTime.ofInstant(
                    KeptValues.instant(OrderedNumber.decodeLong((String) kept)), ZoneOffset.UTC));

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

    /// Whether a value survives being kept; only then can an equal one be in an item.
    boolean exact(Object value) {
        return KeptValues.same(value, decode.apply(encode.apply(value)));
    }

    private static Encoding scaled(int scale) {
        return new Encoding(
                value -> OrderedNumber.encode(KeptValues.clamped(
                        ((BigDecimal) value).setScale(scale, RoundingMode.FLOOR).unscaledValue())),
                kept -> BigDecimal.valueOf(OrderedNumber.decodeLong((String) kept), scale));
    }
}
