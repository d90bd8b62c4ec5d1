package dev.vitrine.command;

import dev.vitrine.delta.DeltaType;
import dev.vitrine.delta.DeltaType.Column;
import dev.vitrine.delta.DeltaType.Primitive;
import java.util.List;
import java.util.Set;

/// Writes columns as ODCS properties.
///
/// @param key columns of the key, in order
/// @param filterable columns to filter and sort by, beside the key
record FieldLines(Yaml yaml, List<String> key, Set<String> filterable) {

    /// Whether every part of a type can be shown in an API.
    static boolean canServe(DeltaType type) {
        return switch (type) {
            case Primitive primitive -> true;
            case DeltaType.Decimal decimal -> true;
            case DeltaType.Struct struct -> struct.members().stream().anyMatch(member -> canServe(member.type()));
            case DeltaType.Array array -> canServe(array.items());
            case DeltaType.Map map -> canServe(map.values());
            case DeltaType.Unsupported unsupported -> false;
        };
    }

    /// The columns of the table.
    void columns(int depth, List<Column> columns) {
        Naming naming = Naming.of(columns.stream().map(Column::name).toList());
        for (Column column : columns) {
            if (canServe(column.type())) {
                column(depth, naming.field(column.name()), column);
            } else {
                yaml.lines(
                        depth,
                        "# left out: %s (%s cannot be served)"
                                .formatted(
                                        Yaml.comment(column.name()),
                                        Yaml.comment(column.type().text())));
            }
        }
    }

    private void column(int depth, String name, Column column) {
        boolean inKey = key.contains(column.name());
        boolean filtered = filterable.contains(column.name());
        start(depth, name, column);
        if (inKey) {
            yaml.lines(depth + 2, "primaryKey: true\nprimaryKeyPosition: %d".formatted(key.indexOf(column.name()) + 1));
        }
        yaml.lines(depth + 2, "required: " + (inKey || !column.nullable()));
        type(depth + 2, column.type(), filtered && !inKey ? "- property: filterable\n  value: true" : "");
    }

    private void members(int depth, List<Column> members) {
        Naming naming = Naming.of(members.stream().map(Column::name).toList());
        members.stream().filter(member -> canServe(member.type())).forEach(member -> {
            start(depth, naming.field(member.name()), member);
            type(depth + 2, member.type(), "");
        });
    }

    private void start(int depth, String name, Column column) {
        yaml.lines(depth, "- name: %s\n  physicalName: %s".formatted(Yaml.value(name), Yaml.value(column.name())));
        if (column.comment() != null && !column.comment().isBlank()) {
            yaml.lines(depth + 2, "description: " + Yaml.value(column.comment()));
        }
    }

    private void type(int depth, DeltaType type, String custom) {
        switch (type) {
            case Primitive primitive -> {
                yaml.lines(depth, scalar(primitive) + "\nphysicalType: " + primitive.text());
                custom(depth, custom);
            }
            case DeltaType.Decimal decimal -> {
                yaml.lines(depth, "logicalType: number\nphysicalType: " + decimal.text());
                custom(depth, custom);
            }
            case DeltaType.Struct struct -> {
                yaml.lines(depth, "logicalType: object\nphysicalType: struct\nproperties:");
                members(depth + 2, struct.members());
            }
            case DeltaType.Array array -> {
                yaml.lines(depth, "logicalType: array\nphysicalType: array\nitems:");
                type(depth + 2, array.items(), "");
            }
            case DeltaType.Map map -> {
                yaml.lines(
                        depth,
                        "logicalType: object\nphysicalType: map\ncustomProperties:\n  - property: mapValue\n    value:");
                type(depth + 6, map.values(), "");
            }
            case DeltaType.Unsupported unsupported ->
                throw new IllegalArgumentException(unsupported.text() + " cannot be served");
        }
    }

    private void custom(int depth, String custom) {
        if (!custom.isEmpty()) {
            yaml.lines(depth, "customProperties:").lines(depth + 2, custom);
        }
    }

    private static String scalar(Primitive primitive) {
        return switch (primitive) {
            case STRING -> "logicalType: string";
            case BYTE, SHORT, INTEGER, LONG -> "logicalType: integer";
            case FLOAT, DOUBLE -> "logicalType: number";
            case BOOLEAN -> "logicalType: boolean";
            case BINARY -> "logicalType: string\nlogicalTypeOptions:\n  format: binary";
            case DATE -> "logicalType: date";
            case TIMESTAMP -> "logicalType: timestamp";
            case TIMESTAMP_NTZ -> "logicalType: timestamp\nlogicalTypeOptions:\n  timezone: false";
        };
    }
}
