package dev.vitrine.contract.odcs;

import dev.vitrine.contract.FieldType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the scalar types: `logicalType` with its options, `physicalType` and our custom properties.
final class TypeReader {

    private static final Pattern DECIMAL =
            Pattern.compile("(?:decimal|numeric|dec)\\s*\\(\\s*(\\d{1,4})\\s*(?:,\\s*(\\d{1,4})\\s*)?\\)");

    /// What a column is where the contract gives no logical type.
    private static final Map<String, String> LOGICAL = Map.ofEntries(
            Map.entry("string", "string"),
            Map.entry("varchar", "string"),
            Map.entry("char", "string"),
            Map.entry("text", "string"),
            Map.entry("byte", "integer"),
            Map.entry("tinyint", "integer"),
            Map.entry("short", "integer"),
            Map.entry("smallint", "integer"),
            Map.entry("int", "integer"),
            Map.entry("integer", "integer"),
            Map.entry("long", "integer"),
            Map.entry("bigint", "integer"),
            Map.entry("float", "number"),
            Map.entry("real", "number"),
            Map.entry("double", "number"),
            Map.entry("decimal", "number"),
            Map.entry("numeric", "number"),
            Map.entry("dec", "number"),
            Map.entry("boolean", "boolean"),
            Map.entry("date", "date"),
            Map.entry("timestamp", "timestamp"),
            Map.entry("timestamp_ntz", "timestamp"));

    /// More digits than this do not survive a double.
    private static final int EXACT_DIGITS = 15;

    private static final int MAX_PRECISION = 38;

    private final Problems problems;

    TypeReader(Problems problems) {
        this.problems = problems;
    }

    /// The logical type, or what the physical type or the inner sections tell of it; null: unknown.
    static @Nullable String logicalType(Yaml.Table property) {
        String logical = property.text("logicalType");
        if (logical != null) {
            return logical;
        }
        if (property.get("properties") != null) {
            return "object";
        }
        if (property.get("items") != null) {
            return "array";
        }
        String physical = physicalType(property);
        int bracket = physical.indexOf('(');
        return LOGICAL.get(
                bracket < 0 ? physical : physical.substring(0, bracket).strip());
    }

    /// The scalar type of a property.
    FieldType.Scalar scalar(Yaml.Table property, String logicalType, Custom custom) {
        Yaml.Table options = property.table("logicalTypeOptions");
        String format = options.text("format");
        if (custom.get("enum") instanceof Yaml given && !logicalType.equals("string")) {
            problems.add(given, "'enum' is for strings, this is " + logicalType, "Remove it");
        }
        boolean asText = asText(custom, logicalType);
        return switch (logicalType) {
            case "boolean" -> new FieldType.BooleanType();
            case "date" -> new FieldType.DateType();
            case "time" -> new FieldType.TimeType();
            case "timestamp" -> timestamp(property, options);
            case "integer" -> {
                FieldType.Scalar decimal = decimal(property, asText);
                yield decimal != null
                        ? decimal
                        : new FieldType.IntegerType(asText, whole(options, "minimum"), whole(options, "maximum"));
            }
            case "number" -> {
                boolean text = asText || "decimal".equals(format);
                FieldType.Scalar decimal = decimal(property, text);
                yield decimal != null ? decimal : new FieldType.NumberType(text);
            }
            default ->
                "binary".equals(format)
                        ? new FieldType.BinaryType()
                        : new FieldType.StringType(
                                format,
                                options.text("pattern"),
                                length(options, "minLength"),
                                length(options, "maxLength"),
                                logicalType.equals("string") ? custom.texts("enum") : List.of());
        };
    }

    private boolean asText(Custom custom, String logicalType) {
        String encoding = custom.text("encodeAs");
        if (encoding == null) {
            return false;
        }
        Yaml at = Objects.requireNonNull(custom.get("encodeAs"));
        if (!encoding.equals("string")) {
            problems.add(at, "'" + encoding + "' is no way to encode a value", "Write encodeAs: string, or remove it");
        } else if (!logicalType.equals("integer") && !logicalType.equals("number")) {
            problems.add(at, "'encodeAs' is for integers and numbers, this is " + logicalType, "Remove it");
        }
        return encoding.equals("string");
    }

    private static FieldType.Scalar timestamp(Yaml.Table property, Yaml.Table options) {
        Boolean zone = options.flag("timezone");
        boolean local = zone == null ? physicalType(property).equals("timestamp_ntz") : !zone;
        return local ? new FieldType.LocalTimestampType() : new FieldType.TimestampType();
    }

    private FieldType.@Nullable Scalar decimal(Yaml.Table property, boolean asText) {
        Matcher matcher = DECIMAL.matcher(physicalType(property));
        if (!matcher.matches()) {
            return null;
        }
        int precision = Integer.parseInt(matcher.group(1));
        int scale = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        if (precision < 1 || precision > MAX_PRECISION || scale > precision) {
            problems.add(
                    property.at("physicalType"),
                    "Delta has no decimal(%d,%d)".formatted(precision, scale),
                    "Write decimal(p,s) with p from 1 to 38 and s from 0 to p");
            return null;
        }
        return new FieldType.DecimalType(precision, scale, asText || precision > EXACT_DIGITS);
    }

    private static @Nullable Integer length(Yaml.Table options, String key) {
        Long length = options.whole(key);
        return length == null || length < 0 || length > Integer.MAX_VALUE ? null : (Integer) length.intValue();
    }

    private static @Nullable Long whole(Yaml.Table options, String key) {
        BigDecimal number = options.get(key) instanceof Yaml.Leaf leaf ? leaf.number() : null;
        boolean fits = number != null
                && number.stripTrailingZeros().scale() <= 0
                && number.toBigInteger().bitLength() < Long.SIZE;
        return fits && number != null ? (Long) number.longValueExact() : null;
    }

    private static String physicalType(Yaml.Table property) {
        return Objects.requireNonNullElse(property.text("physicalType"), "")
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
