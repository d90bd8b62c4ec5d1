package dev.vitrine.rest.openapi;

import static dev.vitrine.rest.openapi.EntitySchemas.of;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.FieldType.BinaryType;
import dev.vitrine.contract.FieldType.BooleanType;
import dev.vitrine.contract.FieldType.DateType;
import dev.vitrine.contract.FieldType.DecimalType;
import dev.vitrine.contract.FieldType.IntegerType;
import dev.vitrine.contract.FieldType.LocalTimestampType;
import dev.vitrine.contract.FieldType.NumberType;
import dev.vitrine.contract.FieldType.Scalar;
import dev.vitrine.contract.FieldType.StringType;
import dev.vitrine.contract.FieldType.TimeType;
import dev.vitrine.contract.FieldType.TimestampType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How scalar values look in JSON, for answers and parameters alike.
final class ScalarSchemas {

    private ScalarSchemas() {}

    static Schema<?> schema(Scalar type, boolean nullable) {
        Schema<?> schema = switch (type) {
            case StringType string -> string(string, nullable);
            case BinaryType binaryType -> of("string").format("byte").contentEncoding("base64");
            case BooleanType booleanType -> of("boolean");
            case IntegerType integer -> integer(integer);
            case DecimalType decimal -> decimal.asText() ? decimalText() : of("number");
            case NumberType number ->
                number.asText() ? decimalText() : of("number").format("double");
            case DateType dateType -> of("string").format("date");
            // not `time`, which has an offset
            case TimeType timeType -> of("string").format("time-local");
            case TimestampType timestampType -> of("string").format("date-time");
            case LocalTimestampType localTimestampType ->
                of("string").pattern("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?$");
        };
        if (nullable) {
            schema.addType("null");
        }
        return schema;
    }

    /// The schema of a value to compare with.
    static Schema<?> operand(Scalar type) {
        return type instanceof StringType ? of("string") : schema(type, false);
    }

    /// What the contract expects of values beside their type, in words: rows that break it are served all the same, and
    /// a generated client must not refuse them.
    static Optional<String> expectation(FieldType type) {
        List<String> parts = new ArrayList<>();
        switch (type) {
            case StringType text -> {
                add(parts, "match `%s`", text.pattern());
                add(parts, "have at least %s characters", text.minLength());
                add(parts, "have at most %s characters", text.maxLength());
            }
            case IntegerType integer -> {
                add(parts, "be at least %s", integer.minimum());
                add(parts, "be at most %s", integer.maximum());
            }
            default -> {}
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of("Should " + String.join(" and ", parts) + ".");
    }

    private static void add(List<String> parts, String words, @Nullable Object value) {
        if (value != null) {
            parts.add(words.formatted(value));
        }
    }

    /// Examples as they look in JSON: texts where the type is sent as text, and as dates are.
    static List<Object> examples(Scalar type, List<Object> given) {
        boolean text = schema(type, false).getTypes().contains("string");
        return given.stream()
                .map(example -> text ? (Object) String.valueOf(example) : example)
                .toList();
    }

    private static Schema<?> string(StringType type, boolean nullable) {
        Schema<?> schema = of("string").format(type.format());
        if (!type.enumeration().isEmpty()) {
            enumeration(schema, type.enumeration(), nullable);
        }
        return schema;
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private static void enumeration(Schema<?> schema, List<String> values, boolean nullable) {
        List<Object> all = new ArrayList<>(values);
        if (nullable) {
            all.add(null);
        }
        ((Schema<Object>) schema).setEnum(all);
        EnumNames.add(schema, values);
    }

    private static Schema<?> integer(IntegerType type) {
        if (type.asText()) {
            return of("string").pattern("^-?\\d+$");
        }
        return of("integer").format("int64");
    }

    private static Schema<?> decimalText() {
        return of("string").format("decimal").pattern("^-?\\d+(\\.\\d+)?$");
    }
}
