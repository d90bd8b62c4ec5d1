package dev.vitrine.delta.rows;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.FieldType.ArrayType;
import dev.vitrine.contract.FieldType.MapType;
import dev.vitrine.contract.FieldType.ObjectType;
import dev.vitrine.delta.DeltaType;
import dev.vitrine.delta.DeltaType.Column;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.io.SerializedString;

/// Fits the contract's types to the table's, and gathers what does not fit.
final class Cells {

    private final List<String> misfits = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();

    /// What keeps the table from being served.
    List<String> misfits() {
        return List.copyOf(misfits);
    }

    /// Optional columns that the table does not have: null.
    List<String> absent() {
        return List.copyOf(absent);
    }

    /// Where a column is in the table: its name as it stands, else without regard to case, as Delta itself does; -1 if
    /// it is not there.
    static int find(String name, List<Column> columns) {
        int similar = -1;
        for (int index = 0; index < columns.size(); index++) {
            if (columns.get(index).name().equals(name)) {
                return index;
            }
            if (columns.get(index).name().equalsIgnoreCase(name)) {
                similar = index;
            }
        }
        return similar;
    }

    /// The cell of a column, or of a member of a struct.
    ///
    /// @param ordinal where it is among the columns, -1 if it is not
    /// @param path how messages call it
    Cell cell(Field wanted, int ordinal, List<Column> columns, String path) {
        if (ordinal < 0) {
            if (wanted.required()) {
                misfits.add("column %s is required by the contract, but the table has none".formatted(path));
            } else {
                absent.add(path);
            }
            return new Cell.Absent();
        }
        Cell cell = cell(wanted.type(), columns.get(ordinal).type(), path);
        return wanted.required() ? new Cell.Required(cell, path) : cell;
    }

    private Cell cell(FieldType wanted, DeltaType type, String path) {
        return switch (wanted) {
            case FieldType.Scalar scalar ->
                ScalarReader.of(scalar, type, path)
                        .<Cell>map(Cell.Scalar::new)
                        .orElseGet(() -> misfit(wanted, type, path));
            case ObjectType object ->
                type instanceof DeltaType.Struct struct ? struct(object, struct, path) : misfit(wanted, type, path);
            case ArrayType array ->
                type instanceof DeltaType.Array given
                        ? new Cell.Array(cell(array.items(), given.items(), path + "[]"))
                        : misfit(wanted, type, path);
            case MapType map ->
                type instanceof DeltaType.Map given ? map(map, given, path) : misfit(wanted, type, path);
        };
    }

    private Cell map(MapType wanted, DeltaType.Map given, String path) {
        return given.keys()
                .scalar()
                .flatMap(keys -> ScalarReader.of(keys, given.keys(), path + " key"))
                .<Cell>map(keys -> new Cell.Map(keys, cell(wanted.values(), given.values(), path + "{}")))
                .orElseGet(() -> misfit(wanted, given, path));
    }

    private Cell struct(ObjectType wanted, DeltaType.Struct struct, String path) {
        List<Cell.Struct.Member> members = new ArrayList<>();
        for (Field field : wanted.fields()) {
            int ordinal = find(field.column(), struct.members());
            Cell cell = cell(field, ordinal, struct.members(), path + "." + field.column());
            members.add(new Cell.Struct.Member(new SerializedString(field.column()), Math.max(ordinal, 0), cell));
        }
        return new Cell.Struct(List.copyOf(members));
    }

    private Cell misfit(FieldType wanted, DeltaType type, String path) {
        misfits.add("column %s is %s in the table, which the contract's type %s cannot hold"
                .formatted(path, type.text(), text(wanted)));
        return new Cell.Absent();
    }

    private static String text(FieldType type) {
        return switch (type) {
            case FieldType.StringType plain -> "string";
            case FieldType.BinaryType plain -> "string (binary)";
            case FieldType.BooleanType plain -> "boolean";
            case FieldType.IntegerType plain -> "integer";
            case FieldType.DecimalType decimal -> "decimal(%d,%d)".formatted(decimal.precision(), decimal.scale());
            case FieldType.NumberType plain -> "number";
            case FieldType.DateType plain -> "date";
            case FieldType.TimeType plain -> "time";
            case FieldType.TimestampType plain -> "timestamp";
            case FieldType.LocalTimestampType plain -> "timestamp without zone";
            case ObjectType plain -> "object";
            case ArrayType plain -> "array";
            case MapType plain -> "map";
        };
    }
}
