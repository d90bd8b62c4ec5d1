package dev.vitrine.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarValuesTest {

    private static final FieldType.Scalar STRING = FieldType.StringType.any();
    private static final FieldType.Scalar INTEGER = new FieldType.IntegerType(false, null, null);
    private static final FieldType.Scalar DECIMAL = new FieldType.DecimalType(5, 2, false);
    private static final FieldType.Scalar NUMBER = new FieldType.NumberType(false);
    private static final FieldType.Scalar BOOLEAN = new FieldType.BooleanType();
    private static final FieldType.Scalar DATE = new FieldType.DateType();
    private static final FieldType.Scalar TIMESTAMP = new FieldType.TimestampType();
    private static final FieldType.Scalar LOCAL = new FieldType.LocalTimestampType();

    static List<Arguments> values() {
        return List.of(
                Arguments.of(STRING, " a'b\u0000😀", " a'b\u0000😀"),
                Arguments.of(INTEGER, "-9223372036854775808", Long.MIN_VALUE),
                Arguments.of(INTEGER, "0", 0L),
                Arguments.of(DECIMAL, "999.99", new BigDecimal("999.99")),
                Arguments.of(DECIMAL, "-9.00", new BigDecimal("-9.00")),
                Arguments.of(NUMBER, "0.5", new BigDecimal("0.5")),
                Arguments.of(NUMBER, "1E+30", new BigDecimal("1E+30")),
                Arguments.of(BOOLEAN, "false", false),
                Arguments.of(DATE, "0001-01-01", LocalDate.of(1, 1, 1)),
                Arguments.of(DATE, "+12345-01-31", LocalDate.of(12345, 1, 31)),
                Arguments.of(TIMESTAMP, "2026-01-06T10:00:01.000003Z", Instant.parse("2026-01-06T10:00:01.000003Z")),
                Arguments.of(TIMESTAMP, "2026-01-06T10:00:00.5Z", Instant.parse("2026-01-06T10:00:00.500Z")),
                Arguments.of(LOCAL, "2026-01-06T10:00:00", LocalDateTime.of(2026, 1, 6, 10, 0)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsWhatItWrites(FieldType.Scalar type, String text, Object value) {
        assertThat(ScalarValues.parse(type, text)).isEqualTo(value);
        assertThat(ScalarValues.format(type, value)).isEqualTo(text);
    }

    static List<Arguments> otherSpellings() {
        return List.of(
                Arguments.of(DECIMAL, "9", new BigDecimal("9.00")),
                Arguments.of(DECIMAL, "9.5000", new BigDecimal("9.50")),
                Arguments.of(TIMESTAMP, "2026-01-06T12:00:00.000+02:00", Instant.parse("2026-01-06T10:00:00Z")),
                Arguments.of(
                        TIMESTAMP, "2026-01-06t10:00:00.123456000z", Instant.parse("2026-01-06T10:00:00.123456Z")));
    }

    @ParameterizedTest
    @MethodSource("otherSpellings")
    void bringsOtherSpellingsToOneValue(FieldType.Scalar type, String text, Object value) {
        assertThat(ScalarValues.parse(type, text)).isEqualTo(value);
    }

    static List<Arguments> noValues() {
        return List.of(
                Arguments.of(INTEGER, "abc", "'abc' is not an integer; write digits such as 42 or -7"),
                Arguments.of(INTEGER, "", "'' is not an integer"),
                Arguments.of(INTEGER, "+1", "is not an integer"),
                Arguments.of(INTEGER, "007", "is not an integer"),
                Arguments.of(INTEGER, "1.0", "is not an integer"),
                Arguments.of(INTEGER, "٣", "is not an integer"),
                Arguments.of(INTEGER, "9223372036854775808", "is not a 64-bit integer"),
                Arguments.of(DECIMAL, "1.234", "at most 2 digits may follow the point"),
                Arguments.of(DECIMAL, "1000", "at most 3 digits may stand before the point"),
                Arguments.of(DECIMAL, "1e2", "is not a decimal(5,2)"),
                Arguments.of(NUMBER, "NaN", "is not a number"),
                Arguments.of(NUMBER, "1e1000000000", "is not a number"),
                Arguments.of(NUMBER, "1".repeat(5000), "is not a number"),
                Arguments.of(BOOLEAN, "True", "write true or false"),
                Arguments.of(DATE, "1998-02-30", "is not a date of the calendar"),
                Arguments.of(DATE, "31.01.1998", "is not a date"),
                Arguments.of(TIMESTAMP, "2026-01-06T10:00:01", "with a zone"),
                Arguments.of(TIMESTAMP, "2026-01-06T10:00:01 02:00", "+ is written %2B"),
                Arguments.of(TIMESTAMP, "2026-01-06T10:00:01.0000001Z", "to the microsecond"),
                Arguments.of(LOCAL, "2026-01-06T10:00:01Z", "without a zone"),
                Arguments.of(LOCAL, "2026-01-06T25:00:01", "is not a local timestamp"),
                Arguments.of(new FieldType.BinaryType(), "%%%", "is not base64"));
    }

    @ParameterizedTest
    @MethodSource("noValues")
    void refusesWithAMessageForPeople(FieldType.Scalar type, String text, String message) {
        assertThatThrownBy(() -> ScalarValues.parse(type, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
