package dev.vitrine.contract;

import java.util.List;
import java.util.stream.Stream;

/// Types and fields as the stored document has them: Delta names, no groupings, no documentation.
final class StoredTypes {

    private StoredTypes() {}

    static List<Field> stored(List<Field> fields) {
        return fields.stream().flatMap(StoredTypes::stored).toList();
    }

    private static Stream<Field> stored(Field field) {
        if (field.type() instanceof FieldType.ObjectType object && object.grouping()) {
            return object.fields().stream().flatMap(StoredTypes::stored);
        }
        return Stream.of(column(field.column(), stored(field.type()), field.required()));
    }

    static Field column(String name, FieldType type, boolean required) {
        return new Field(name, name, type, required, false, null, null, null, List.of());
    }

    static FieldType stored(FieldType type) {
        return switch (type) {
            case FieldType.StringType string -> FieldType.StringType.any();
            case FieldType.IntegerType integer -> new FieldType.IntegerType(false, null, null);
            case FieldType.DecimalType decimal ->
                new FieldType.DecimalType(decimal.precision(), decimal.scale(), false);
            case FieldType.NumberType number -> new FieldType.NumberType(false);
            case FieldType.Scalar scalar -> scalar;
            case FieldType.ObjectType object -> new FieldType.ObjectType(stored(object.fields()), false);
            case FieldType.ArrayType array -> new FieldType.ArrayType(stored(array.items()));
            case FieldType.MapType map -> new FieldType.MapType(stored(map.values()));
        };
    }
}
