package dev.vitrine.contract;

import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The text form of scalar values, as in JSON, URLs and row filters, and back. Each value has one text:
/// `parse(type, format(type, value))` equals `value`.
///
/// Examples: `42`, `9.00` (a decimal keeps its scale), `true`, `1998-01-31`, `2026-01-06T10:00:01.000003Z`,
/// `2026-01-06T10:00:01` (no zone).
public final class ScalarValues {

    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
    private static final Pattern NUMBER = Pattern.compile(DECIMAL.pattern() + "([eE][+-]?[0-9]{1,3})?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}|[+-][0-9]{4,6}-[0-9]{2}-[0-9]{2}");
    private static final Pattern LOCAL_TIMESTAMP =
            Pattern.compile("(" + DATE.pattern() + ")[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6}0*)?");
    private static final Pattern TIMESTAMP =
            Pattern.compile(LOCAL_TIMESTAMP.pattern() + "([Zz]|[+-][0-9]{2}:[0-9]{2})");

    /// Longer numbers are refused before anything is computed with them.
    private static final int MAX_NUMBER_LENGTH = 1000;

    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .appendPattern("HH:mm:ss")
            .appendFraction(NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    private ScalarValues() {}

    /// Reads a value.
    ///
    /// @return the Java type that the case of [FieldType] names; text types give the text itself
    /// @throws IllegalArgumentException if the text is no value of the type; the message is for people
    public static Object parse(FieldType.Scalar type, String text) {
        return switch (type) {
            case FieldType.StringType string -> text;
            case FieldType.TimeType time -> text;
            case FieldType.BinaryType binary -> base64(text);
            case FieldType.BooleanType bool -> bool(text);
            case FieldType.IntegerType integer -> integer(text);
            case FieldType.DecimalType decimal -> decimal(decimal, text);
            case FieldType.NumberType number -> number(text);
            case FieldType.DateType date -> date(text);
            case FieldType.TimestampType timestamp -> timestamp(text);
            case FieldType.LocalTimestampType local -> localTimestamp(text);
        };
    }

    /// Writes a value.
    ///
    /// @param value of the Java type that the case of [FieldType] names
    /// @throws ClassCastException if it is not
    public static String format(FieldType.Scalar type, Object value) {
        return switch (type) {
            case FieldType.StringType string -> (String) value;
            case FieldType.TimeType time -> (String) value;
            case FieldType.BinaryType binary -> (String) value;
            case FieldType.BooleanType bool -> ((Boolean) value).toString();
            case FieldType.IntegerType integer -> ((Long) value).toString();
            case FieldType.DecimalType decimal -> ((BigDecimal) value).toPlainString();
            case FieldType.NumberType number -> ((BigDecimal) value).toString();
            case FieldType.DateType date -> ((LocalDate) value).toString();
            case FieldType.TimestampType timestamp -> LOCAL.format(((Instant) value).atOffset(ZoneOffset.UTC)) + "Z";
            case FieldType.LocalTimestampType local -> LOCAL.format((LocalDateTime) value);
        };
    }

    private static String base64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw wrong(text, "base64", "use A-Z, a-z, 0-9, + and /, padded with =", e);
        }
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(text, "a boolean", "write true or false", null);
        };
    }

    private static Long integer(String text) {
        if (!INTEGER.matcher(text).matches()) {
            throw wrong(text, "an integer", "write digits such as 42 or -7", null);
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw wrong(text, "a 64-bit integer", "the largest is 9223372036854775807", e);
        }
    }

    private static BigDecimal decimal(FieldType.DecimalType type, String text) {
        String name = "a decimal(%d,%d)".formatted(type.precision(), type.scale());
        if (!DECIMAL.matcher(text).matches() || text.length() > MAX_NUMBER_LENGTH) {
            throw wrong(text, name, "write digits such as 9.5", null);
        }
        BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
        if (exact.scale() > type.scale()) {
            throw wrong(text, name, "at most " + type.scale() + " digits may follow the point", null);
        }
        BigDecimal scaled = exact.setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.precision()) {
            int whole = type.precision() - type.scale();
            throw wrong(text, name, "at most " + whole + " digits may stand before the point", null);
        }
        return scaled;
    }

    private static BigDecimal number(String text) {
        if (!NUMBER.matcher(text).matches() || text.length() > MAX_NUMBER_LENGTH) {
            throw wrong(text, "a number", "write digits such as 9.5 or 1e-7", null);
        }
        return new BigDecimal(text);
    }

    private static LocalDate date(String text) {
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            throw wrong(text, "a date of the calendar", "write one such as 1998-01-31", e);
        }
        throw wrong(text, "a date", "write one such as 1998-01-31", null);
    }

    private static Instant timestamp(String text) {
        String fix = "write one with a zone such as 2026-01-06T10:00:01Z (in a URL, + is written %2B)";
        try {
            if (TIMESTAMP.matcher(text).matches()) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            throw wrong(text, "a timestamp", fix, e);
        }
        throw wrong(text, "a timestamp", fix + ", to the microsecond at most", null);
    }

    private static LocalDateTime localTimestamp(String text) {
        String fix = "write one without a zone such as 2026-01-06T10:00:01";
        try {
            if (LOCAL_TIMESTAMP.matcher(text).matches()) {
                return LocalDateTime.parse(text);
            }
        } catch (DateTimeException e) {
            throw wrong(text, "a local timestamp", fix, e);
        }
        throw wrong(text, "a local timestamp", fix + ", to the microsecond at most", null);
    }

    private static IllegalArgumentException wrong(String text, String expected, String fix, @Nullable Throwable cause) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return new IllegalArgumentException("'%s' is not %s; %s".formatted(shown, expected, fix), cause);
    }
}
