package dev.vitrine.rest.openapi;

import static dev.vitrine.rest.openapi.EntitySchemas.of;

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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

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
            case TimeType timeType -> of("string").format("time");
            case TimestampType timestampType -> of("string").format("date-time");
            case LocalTimestampType localTimestampType ->
                of("string").pattern("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?$");
        };
        if (nullable) {
            schema.addType("null");
        }
        return schema;
    }

    /// The schema of a value to compare with: what bounds the stored values does not bound it.
    static Schema<?> operand(Scalar type) {
        return switch (type) {
            case StringType text -> of("string");
            case IntegerType integer -> schema(new IntegerType(integer.asText(), null, null), false);
            default -> schema(type, false);
        };
    }

    /// Examples as they look in JSON: texts where the type is sent as text, and as dates are.
    static List<Object> examples(Scalar type, List<Object> given) {
        boolean text = schema(type, false).getTypes().contains("string");
        return given.stream()
                .map(example -> text ? (Object) String.valueOf(example) : example)
                .toList();
    }

    private static Schema<?> string(StringType type, boolean nullable) {
        Schema<?> schema = of("string").format(type.format()).pattern(type.pattern());
        schema.setMinLength(type.minLength());
        schema.setMaxLength(type.maxLength());
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
    }

    private static Schema<?> integer(IntegerType type) {
        if (type.asText()) {
            return of("string").pattern("^-?\\d+$");
        }
        Schema<?> schema = of("integer").format("int64");
        Long minimum = type.minimum();
        Long maximum = type.maximum();
        if (minimum != null) {
            schema.setMinimum(BigDecimal.valueOf(minimum));
        }
        if (maximum != null) {
            schema.setMaximum(BigDecimal.valueOf(maximum));
        }
        return schema;
    }

    private static Schema<?> decimalText() {
        return of("string").format("decimal").pattern("^-?\\d+(\\.\\d+)?$");
    }
}
