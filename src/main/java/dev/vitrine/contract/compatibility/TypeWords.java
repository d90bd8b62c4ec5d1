package dev.vitrine.contract.compatibility;

import dev.vitrine.contract.FieldType;

/// Types as people call them.
final class TypeWords {

    private TypeWords() {}

    static String of(FieldType type) {
        return switch (type) {
            case FieldType.StringType text -> "a string";
            case FieldType.BinaryType binary -> "binary";
            case FieldType.BooleanType truth -> "a boolean";
            case FieldType.IntegerType integer -> "an integer";
            case FieldType.DecimalType decimal -> "decimal(%d,%d)".formatted(decimal.precision(), decimal.scale());
            case FieldType.NumberType number -> "a number";
            case FieldType.DateType date -> "a date";
            case FieldType.TimeType time -> "a time of day";
            case FieldType.TimestampType timestamp -> "a timestamp";
            case FieldType.LocalTimestampType timestamp -> "a timestamp without zone";
            case FieldType.ObjectType object -> "an object";
            case FieldType.ArrayType array -> "an array";
            case FieldType.MapType map -> "a map";
        };
    }
}
