package dev.vitrine.delta.write;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the columns of a table as Spark's SQL writes them.
///
/// Example: ``id bigint not null, price decimal(12,2), lines array<struct<part: bigint, `ship date`: date>>``
final class ColumnList {

    private static final Pattern TOKEN = Pattern.compile("\\s*(`[^`]+`|[\\w.]+|[<>(),:])");

    private final Deque<String> tokens = new ArrayDeque<>();
    private final String text;

    private ColumnList(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text.strip());
        while (matcher.lookingAt()) {
            tokens.add(matcher.group(1));
            matcher.region(matcher.end(), matcher.regionEnd());
        }
        if (matcher.regionStart() != matcher.regionEnd()) {
            throw new IllegalArgumentException("Not a list of columns from '%s' on: %s"
                    .formatted(text.strip().substring(matcher.regionStart()), text));
        }
    }

    static StructType parse(String text) {
        ColumnList list = new ColumnList(text);
        StructType columns = list.fields(false);
        if (!list.tokens.isEmpty()) {
            throw list.unexpected(list.tokens.peek());
        }
        return columns;
    }

    private StructType fields(boolean members) {
        List<StructField> fields = new ArrayList<>();
        do {
            String name = next();
            if (members) {
                expect(":");
            }
            DataType type = type();
            fields.add(new StructField(bare(name), type, !notNull()));
        } while (accept(","));
        return new StructType(fields);
    }

    private DataType type() {
        String name = next();
        return switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "boolean" -> BooleanType.BOOLEAN;
            case "tinyint", "byte" -> ByteType.BYTE;
            case "smallint", "short" -> ShortType.SHORT;
            case "int", "integer" -> IntegerType.INTEGER;
            case "bigint", "long" -> LongType.LONG;
            case "float" -> FloatType.FLOAT;
            case "double" -> DoubleType.DOUBLE;
            case "string" -> StringType.STRING;
            case "binary" -> BinaryType.BINARY;
            case "date" -> DateType.DATE;
            case "timestamp" -> TimestampType.TIMESTAMP;
            case "timestamp_ntz" -> TimestampNTZType.TIMESTAMP_NTZ;
            case "decimal" -> decimal();
            case "array" -> array();
            case "map" -> map();
            case "struct" -> struct();
            default -> throw unexpected(name);
        };
    }

    private DataType decimal() {
        expect("(");
        int precision = Integer.parseInt(next());
        expect(",");
        int scale = Integer.parseInt(next());
        expect(")");
        return new DecimalType(precision, scale);
    }

    private DataType array() {
        expect("<");
        DataType element = type();
        expect(">");
        return new ArrayType(element, true);
    }

    private DataType map() {
        expect("<");
        DataType key = type();
        expect(",");
        DataType value = type();
        expect(">");
        return new MapType(key, value, true);
    }

    private DataType struct() {
        expect("<");
        StructType members = fields(true);
        expect(">");
        return members;
    }

    private boolean notNull() {
        boolean stated = accept("not");
        if (stated) {
            expect("null");
        }
        return stated;
    }

    private boolean accept(String token) {
        boolean there = token.equalsIgnoreCase(tokens.peek());
        if (there) {
            tokens.remove();
        }
        return there;
    }

    private void expect(String token) {
        String found = next();
        if (!token.equalsIgnoreCase(found)) {
            throw unexpected(found);
        }
    }

    private String next() {
        String token = tokens.poll();
        if (token == null) {
            throw new IllegalArgumentException("The list of columns ends too early: " + text);
        }
        return token;
    }

    private IllegalArgumentException unexpected(String token) {
        return new IllegalArgumentException("Did not expect '%s' in the list of columns: %s".formatted(token, text));
    }

    private static String bare(String name) {
        return name.startsWith("`") ? name.substring(1, name.length() - 1) : name;
    }
}
