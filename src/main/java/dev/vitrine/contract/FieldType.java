package dev.vitrine.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The type of a field, as the contract declares it. Values of [Scalar] types travel as the Java type that each case
/// names.
public sealed interface FieldType {

    /// A type whose values can be keys, filters and sort terms (binary and time-of-day text included in the tree, not
    /// all filterable).
    sealed interface Scalar extends FieldType {}

    /// `logicalType: string`; values are [String].
    ///
    /// @param enumeration the allowed values, empty for any
    record StringType(
            @Nullable String format,
            @Nullable String pattern,
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            List<String> enumeration)
            implements Scalar {
        public StringType {
            enumeration = List.copyOf(enumeration);
        }

        /// Any string.
        public static StringType any() {
            return new StringType(null, null, null, null, List.of());
        }
    }

    /// `logicalType: string` with `format: binary`: base64 text in JSON. Neither key nor filter.
    record BinaryType() implements Scalar {}

    /// `logicalType: boolean`; values are [Boolean].
    record BooleanType() implements Scalar {}

    /// `logicalType: integer` within 64 bits; values are [Long].
    ///
    /// @param asText custom `encodeAs: string`: a string in the API, for integers that JavaScript would round
    record IntegerType(
            boolean asText,
            @Nullable Long minimum,
            @Nullable Long maximum) implements Scalar {}

    /// `logicalType: number` or `integer` with `physicalType: decimal(p,s)`; values are [java.math.BigDecimal] of that
    /// scale.
    ///
    /// @param asText a string in the API: more than 15 digits, or `format: decimal`, or custom `encodeAs: string`
    record DecimalType(int precision, int scale, boolean asText) implements Scalar {}

    /// `logicalType: number` without a declared precision: float, double or any decimal; values are
    /// [java.math.BigDecimal]; NaN and the infinities are null.
    ///
    /// @param asText a string in the API: `format: decimal` or custom `encodeAs: string`
    record NumberType(boolean asText) implements Scalar {}

    /// `logicalType: date`; values are [java.time.LocalDate].
    record DateType() implements Scalar {}

    /// `logicalType: time`: a time of day kept as text; values are [String].
    record TimeType() implements Scalar {}

    /// `logicalType: timestamp`; values are [java.time.Instant], microseconds.
    record TimestampType() implements Scalar {}

    /// `logicalType: timestamp` with `timezone: false`; values are [java.time.LocalDateTime], microseconds.
    record LocalTimestampType() implements Scalar {}

    /// `logicalType: object`.
    ///
    /// @param grouping custom `grouping: true`: gathers flat columns, so it is no column itself
    record ObjectType(List<Field> fields, boolean grouping) implements FieldType {
        public ObjectType {
            fields = List.copyOf(fields);
        }
    }

    /// `logicalType: array`.
    record ArrayType(FieldType items) implements FieldType {}

    /// `logicalType: object` with custom `mapValue`: keys are text in JSON.
    record MapType(FieldType values) implements FieldType {}
}
