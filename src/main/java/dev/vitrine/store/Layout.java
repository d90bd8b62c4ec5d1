package dev.vitrine.store;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a generation holds of a table, as sorted lines: its key, the columns of its documents, what is indexed.
///
/// Examples: `key id integer`, `column lines[].price decimal(12,2)`, `required id`, `index address.nation string`,
/// `sort -total,id`.
public record Layout(List<String> lines) {
    public Layout {
        lines = List.copyOf(lines);
    }

    /// The layout that serves a gold table.
    public static Layout of(GoldTable table) {
        Stream<String> key =
                Stream.of("key " + table.key().stream().map(Layout::text).collect(Collectors.joining(",")));
        Stream<String> columns = table.columns().stream().flatMap(column -> column("", column));
        Stream<String> indexes = table.indexed().stream().map(column -> "index " + text(column));
        Stream<String> sorts = table.sorts().stream().map(Layout::sort);
        return new Layout(Stream.of(key, columns, indexes, sorts)
                .flatMap(lines -> lines)
                .distinct()
                .sorted()
                .toList());
    }

    /// Whether everything that the other one wants is in this one; more does no harm.
    public boolean covers(Layout other) {
        return lines.containsAll(other.lines);
    }

    /// Its line about the key.
    public String key() {
        return lines.stream()
                .filter(line -> line.startsWith("key "))
                .findFirst()
                .orElse("");
    }

    /// The same for equal layouts only.
    public String fingerprint() {
        try {
            byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// How a column is called in a line.
    public static String text(IndexedColumn column) {
        return column.path().stream().map(Layout::escaped).collect(Collectors.joining(".")) + " " + kind(column.type());
    }

    private static String sort(List<GoldTable.IndexedTerm> terms) {
        return terms.stream()
                .map(term -> (term.descending() ? "-" : "") + text(term.column()))
                .collect(Collectors.joining(",", "sort ", ""));
    }

    private static Stream<String> column(String prefix, Field field) {
        String name = prefix + escaped(field.column());
        Stream<String> required = field.required() ? Stream.of("required " + name) : Stream.empty();
        return Stream.concat(required, shape(name, field.type()));
    }

    private static Stream<String> shape(String name, FieldType type) {
        Stream<String> self = Stream.of("column " + name + " " + kind(type));
        return switch (type) {
            case FieldType.Scalar scalar -> self;
            case FieldType.ObjectType object ->
                Stream.concat(self, object.fields().stream().flatMap(member -> column(name + ".", member)));
            case FieldType.ArrayType array -> Stream.concat(self, shape(name + "[]", array.items()));
            case FieldType.MapType map -> Stream.concat(self, shape(name + "{}", map.values()));
        };
    }

    private static String kind(FieldType type) {
        return switch (type) {
            case FieldType.StringType string -> "string";
            case FieldType.BinaryType binary -> "binary";
            case FieldType.BooleanType bool -> "boolean";
            case FieldType.IntegerType integer -> "integer";
            case FieldType.DecimalType decimal -> "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
            case FieldType.NumberType number -> "number";
            case FieldType.DateType date -> "date";
            case FieldType.TimeType time -> "time";
            case FieldType.TimestampType timestamp -> "timestamp";
            case FieldType.LocalTimestampType timestamp -> "local-timestamp";
            case FieldType.ObjectType object -> "object";
            case FieldType.ArrayType array -> "array";
            case FieldType.MapType map -> "map";
        };
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace(".", "\\.")
                .replace(",", "\\,")
                .replace(" ", "\\ ");
    }
}
