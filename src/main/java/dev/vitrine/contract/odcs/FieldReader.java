package dev.vitrine.contract.odcs;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the fields of one entity and, on the way, finds its key.
final class FieldReader {

    /// Fits into URLs (`a.b`, `-a`, `a,b`), JSON and rows of a table.
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_-]*");

    private static final Set<String> CUSTOM =
            Set.of("filterable", "grouping", "mapValue", "enum", "encodeAs", "relationName", "inverseName");

    /// Where a field stands: a key field may be at the top (groupings do not count), a filterable one not in a
    /// collection.
    private enum Place {
        TOP,
        STRUCT,
        COLLECTION
    }

    /// A field marked as part of the key, or with something about partitions.
    record KeyPart(Yaml.Table source, String name) {}

    private final Problems problems;
    private final TypeReader types;
    private final List<KeyPart> key = new ArrayList<>();
    private final List<KeyPart> partitioned = new ArrayList<>();

    FieldReader(Problems problems) {
        this.problems = problems;
        this.types = new TypeReader(problems);
    }

    List<Field> read(Yaml.Table entity) {
        return fields(entity, Place.TOP, "", new HashMap<>());
    }

    /// What [#read] found, in the order of the file.
    List<KeyPart> key() {
        return key;
    }

    /// The same of those that say something about partitions.
    List<KeyPart> partitioned() {
        return partitioned;
    }

    private List<Field> fields(Yaml.Table owner, Place place, String prefix, Map<String, String> columns) {
        Map<String, Yaml.Table> byName = new HashMap<>();
        List<Field> fields = new ArrayList<>();
        for (Yaml.Table property : owner.tables("properties")) {
            String name = property.text("name");
            if (name == null) {
                continue;
            }
            if (!NAME.matcher(name).matches()) {
                problems.add(
                        property.at("name"),
                        "'" + name + "' cannot be the name of a field in an API",
                        "Use letters, digits, _ and - in name and put the column's name into physicalName");
            }
            Yaml.Table earlier = byName.putIfAbsent(name, property);
            if (earlier != null) {
                problems.add(
                        property.at("name"),
                        "a field '" + name + "' stands here already, in line " + earlier.line(),
                        "Give one of them another name");
                continue;
            }
            fields.add(field(property, name, place, prefix + name, columns));
        }
        return fields;
    }

    private Field field(Yaml.Table property, String name, Place place, String path, Map<String, String> columns) {
        Custom custom = Custom.of(property, CUSTOM, problems);
        String column = Objects.requireNonNullElse(property.text("physicalName"), name);
        boolean grouping = custom.flag("grouping");
        FieldType type = type(property, custom, place, path + ".", grouping ? columns : new HashMap<>());
        if (!grouping) {
            // Delta compares the names of columns without case.
            String other = columns.putIfAbsent(column.toLowerCase(Locale.ROOT), path);
            if (other != null) {
                problems.add(
                        property,
                        "the column '" + column + "' is served already, as " + other,
                        "Remove one of the fields");
            }
        }
        boolean filterable = custom.flag("filterable");
        if (filterable) {
            checkFilterable(Objects.requireNonNull(custom.get("filterable")), type, place);
        }
        if (property.get("partitioned") != null || property.get("partitionKeyPosition") != null) {
            partitioned.add(new KeyPart(property, path));
        }
        boolean inKey = Boolean.TRUE.equals(property.flag("primaryKey"));
        if (inKey) {
            checkKey(property, type, place);
            if (place == Place.TOP) {
                key.add(new KeyPart(property, path));
            }
        }
        return new Field(
                name,
                column,
                type,
                inKey || Boolean.TRUE.equals(property.flag("required")),
                filterable,
                property.text("classification"),
                property.text("businessName"),
                property.text("description"),
                property.list("examples").stream()
                        .flatMap(example -> Stream.ofNullable(example.plain()))
                        .toList());
    }

    private FieldType type(
            Yaml.Table property, Custom custom, Place place, String prefix, Map<String, String> columns) {
        String logicalType = TypeReader.logicalType(property);
        if (logicalType == null) {
            problems.add(
                    property.at("physicalType"),
                    "the type of the field is not known",
                    "Add logicalType: string, integer, number, boolean, date, time, timestamp, object or array");
            return FieldType.StringType.any();
        }
        return switch (logicalType) {
            case "object" -> object(property, custom, place, prefix, columns);
            case "array" -> array(property, custom, prefix);
            default -> {
                refuse(custom, "grouping", logicalType);
                refuse(custom, "mapValue", logicalType);
                yield types.scalar(property, logicalType, custom);
            }
        };
    }

    private FieldType object(
            Yaml.Table property, Custom custom, Place place, String prefix, Map<String, String> columns) {
        Yaml mapValue = custom.get("mapValue");
        boolean grouping = custom.flag("grouping");
        if (mapValue != null) {
            refuse(custom, "grouping", "map");
            return new FieldType.MapType(mapValue(mapValue, prefix));
        }
        Place inside = grouping || place == Place.COLLECTION ? place : Place.STRUCT;
        List<Field> fields = fields(property, inside, prefix, columns);
        if (fields.isEmpty()) {
            problems.add(
                    property,
                    "an object without properties",
                    "Name its properties, or add the custom property mapValue if the column is a map");
        }
        return new FieldType.ObjectType(fields, grouping);
    }

    private FieldType array(Yaml.Table property, Custom custom, String prefix) {
        refuse(custom, "grouping", "array");
        refuse(custom, "mapValue", "array");
        if (property.get("items") instanceof Yaml.Table items) {
            return new FieldType.ArrayType(element(items, prefix));
        }
        problems.add(property, "an array without items", "Add items: with the logicalType of the elements");
        return new FieldType.ArrayType(FieldType.StringType.any());
    }

    private FieldType mapValue(Yaml value, String prefix) {
        if (value instanceof Yaml.Table table) {
            return element(table, prefix);
        }
        if (value instanceof Yaml.Leaf leaf && leaf.value() instanceof String name) {
            // mapValue: decimal(12,2) is short for a mapping that says so
            Yaml.Table property = new Yaml.Table(value.line(), value.path(), Map.of("physicalType", leaf));
            String logical = Set.of("number", "time").contains(name) ? name : TypeReader.logicalType(property);
            if (logical != null) {
                return types.scalar(property, logical, Custom.of(property, Set.of(), problems));
            }
        }
        problems.add(
                value,
                "'mapValue' does not say the type of the values",
                "Write a type such as string or decimal(12,2), or {logicalType: …} as for a property");
        return FieldType.StringType.any();
    }

    private FieldType element(Yaml.Table element, String prefix) {
        Custom custom = Custom.of(element, CUSTOM, problems);
        refuse(custom, "grouping", "element of a collection");
        if (Boolean.TRUE.equals(element.flag("primaryKey"))) {
            problems.add(element, "an element of a collection cannot be a key", "Remove primaryKey");
        }
        return type(element, custom, Place.COLLECTION, prefix, new HashMap<>());
    }

    private void refuse(Custom custom, String name, String type) {
        if (custom.get(name) instanceof Yaml value) {
            problems.add(value, "'" + name + "' is for objects, this is " + type, "Remove it");
        }
    }

    private void checkFilterable(Yaml at, FieldType type, Place place) {
        if (!(type instanceof FieldType.Scalar) || type instanceof FieldType.BinaryType) {
            problems.add(
                    at,
                    "only fields with a single, comparable value can be filterable",
                    "Remove filterable; of an object, make fields inside it filterable");
        } else if (place == Place.COLLECTION) {
            problems.add(at, "a field inside an array or map cannot be filterable", "Remove filterable");
        }
    }

    private void checkKey(Yaml.Table property, FieldType type, Place place) {
        boolean comparable = switch (type) {
            case FieldType.BinaryType binary -> false;
            case FieldType.NumberType number -> false;
            case FieldType.Scalar scalar -> true;
            case FieldType.ObjectType object -> false;
            case FieldType.ArrayType array -> false;
            case FieldType.MapType map -> false;
        };
        if (!comparable) {
            problems.add(
                    property,
                    "a field of this type cannot be part of the key",
                    "Use a string, integer, boolean, date, timestamp, or a number with physicalType: decimal(p,s)");
        }
        if (place != Place.TOP) {
            problems.add(property, "the key must be columns of the table itself", "Remove primaryKey here");
        }
        if (Boolean.FALSE.equals(property.flag("required"))) {
            problems.add(property.at("required"), "a key field is never null", "Write required: true, or remove it");
        }
    }
}
