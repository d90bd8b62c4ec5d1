package dev.vitrine.delta.kernel;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a change of the schema means for rows that nobody touched: their files stay as they are but are read otherwise
/// from then on, and the feed does not tell.
///
/// With column mapping a column is a number that files know; its name is only what people call it. So RENAME, and
/// RESTORE to before a DROP, bring values under a name that had others, or none, until then.
record SchemaChange(TableState before, TableState after) {

    private static final String ID = "delta.columnMapping.id";
    private static final String NAME_IN_FILES = "delta.columnMapping.physicalName";

    /// Why untouched rows have other served values now, column by column; empty: they have not.
    List<String> silent(GoldTable table) {
        List<String> found = new ArrayList<>();
        compare(table.columns(), before.logical(), after.logical(), "", found);
        return found;
    }

    private void compare(
            List<Field> wanted, List<StructField> old, List<StructField> now, String prefix, List<String> found) {
        for (Field field : wanted) {
            String path = prefix + field.column();
            Optional<StructField> was = find(field.column(), old);
            find(field.column(), now).ifPresent(is -> {
                if (was.isEmpty()) {
                    if (idOf(is) <= before.highestColumnId()) {
                        found.add("column %s has values that were under another name, or dropped".formatted(path));
                    }
                } else if (!nameInFiles(is).equals(nameInFiles(was.get()))) {
                    found.add("column %s is another column under the same name".formatted(path));
                } else {
                    compare(field.type(), was.get().getDataType(), is.getDataType(), path, found);
                }
            });
        }
    }

    private void compare(FieldType wanted, DataType old, DataType now, String path, List<String> found) {
        if (old instanceof FloatType && now instanceof DoubleType) {
            found.add("column %s was widened from float to double, which shows more digits".formatted(path));
        } else if (wanted instanceof FieldType.ObjectType object
                && old instanceof StructType was
                && now instanceof StructType is) {
            compare(object.fields(), was.fields(), is.fields(), path + ".", found);
        } else if (wanted instanceof FieldType.ArrayType array
                && old instanceof ArrayType was
                && now instanceof ArrayType is) {
            compare(array.items(), was.getElementType(), is.getElementType(), path + "[]", found);
        } else if (wanted instanceof FieldType.MapType map && old instanceof MapType was && now instanceof MapType is) {
            compare(map.values(), was.getValueType(), is.getValueType(), path + "{}", found);
        }
    }

    private static Optional<StructField> find(String name, List<StructField> columns) {
        return columns.stream()
                .filter(column -> column.getName().equals(name))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(column -> column.getName().equalsIgnoreCase(name))
                        .reduce((earlier, later) -> later));
    }

    /// Without column mapping a column that comes is a new one.
    private static long idOf(StructField column) {
        return column.getMetadata().contains(ID) ? column.getMetadata().getLong(ID) : Long.MAX_VALUE;
    }

    private static String nameInFiles(StructField column) {
        return column.getMetadata().contains(NAME_IN_FILES)
                ? column.getMetadata().getString(NAME_IN_FILES)
                : column.getName();
    }
}
