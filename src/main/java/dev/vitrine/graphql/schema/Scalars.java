package dev.vitrine.graphql.schema;

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
import graphql.schema.GraphQLScalarType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The scalars of all schemas. In an answer each has the very JSON form that it has in REST.
final class Scalars {

    static final GraphQLScalarType DATE =
            scalar("Date", new DateType(), "A day of the calendar, such as `\"1998-01-31\"`.");
    static final GraphQLScalarType DATE_TIME = scalar(
            "DateTime",
            new TimestampType(),
            "A point in time (RFC 3339), in UTC and to the microsecond in answers, such as `\"2026-01-06T10:00:01.12Z\"`.");
    static final GraphQLScalarType LOCAL_DATE_TIME = scalar(
            "LocalDateTime",
            new LocalTimestampType(),
            "Date and time of day without a zone, such as `\"2026-01-06T10:00:01\"`.");
    static final GraphQLScalarType LONG = scalar(
            "Long",
            new IntegerType(false, null, null),
            "An integer of 64 bits: a JSON number with every digit. As an argument it may also be written as a string.");
    static final GraphQLScalarType DECIMAL = scalar(
            "Decimal",
            new NumberType(false),
            "A number with every digit: a JSON number. As an argument it may also be written as a string.");
    static final GraphQLScalarType LONG_STRING = scalar(
            "LongString", null, "An integer of 64 bits, as a string of digits, which JavaScript does not round.");
    static final GraphQLScalarType DECIMAL_STRING =
            scalar("DecimalString", null, "A decimal with every digit, as a string, which JavaScript does not round.");
    static final GraphQLScalarType TIME = scalar("Time", null, "A time of day, as the table writes it.");
    static final GraphQLScalarType BASE64 = scalar("Base64", null, "Bytes in base64.");
    static final GraphQLScalarType JSON = scalar("JSON", null, "A JSON object of names and values, as in REST.");

    private static final GraphQLScalarType STRING = graphql.Scalars.GraphQLString;
    private static final GraphQLScalarType BOOLEAN = graphql.Scalars.GraphQLBoolean;

    private Scalars() {}

    /// All that have a name of their own.
    static List<GraphQLScalarType> own() {
        return List.of(
                DATE, DATE_TIME, LOCAL_DATE_TIME, LONG, DECIMAL, LONG_STRING, DECIMAL_STRING, TIME, BASE64, JSON);
    }

    /// Of values in answers.
    static GraphQLScalarType answer(FieldType.Scalar type) {
        return switch (type) {
            case IntegerType integer -> integer.asText() ? LONG_STRING : LONG;
            case DecimalType decimal -> decimal.asText() ? DECIMAL_STRING : DECIMAL;
            case NumberType number -> number.asText() ? DECIMAL_STRING : DECIMAL;
            case TimeType time -> TIME;
            case BinaryType binary -> BASE64;
            case FieldType.Scalar other -> argument(other);
        };
    }

    /// Of values in arguments.
    static GraphQLScalarType argument(FieldType.Scalar type) {
        return switch (type) {
            case StringType string -> STRING;
            case TimeType time -> STRING;
            case BinaryType binary -> STRING;
            case BooleanType bool -> BOOLEAN;
            case IntegerType integer -> LONG;
            case DecimalType decimal -> DECIMAL;
            case NumberType number -> DECIMAL;
            case DateType date -> DATE;
            case TimestampType timestamp -> DATE_TIME;
            case LocalTimestampType local -> LOCAL_DATE_TIME;
        };
    }

    /// @param type that arguments are checked by; null: it is none of arguments
    private static GraphQLScalarType scalar(String name, FieldType.@Nullable Scalar type, String description) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .description(description)
                .coercing(new ExactValue(name, type))
                .build();
    }
}
