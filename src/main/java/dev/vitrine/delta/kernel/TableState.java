package dev.vitrine.delta.kernel;

import dev.vitrine.delta.DeltaSchema;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.List;
import java.util.Set;

/// A table's metadata between two changes of it.
///
/// @param root decoded path of the table
/// @param logical the columns as people know them, in order
/// @param physical the same columns as they are named in data files
/// @param partition physical names of the partition columns
/// @param highestColumnId of the columns the table has or had; 0 without column mapping
record TableState(
        String root,
        DeltaSchema schema,
        List<StructField> logical,
        List<StructField> physical,
        Set<String> partition,
        long highestColumnId) {

    String id() {
        return schema.tableId();
    }

    boolean feedEnabled() {
        return schema.feedEnabled();
    }

    boolean isPartition(int column) {
        return partition.contains(physical.get(column).getName());
    }

    /// What to read from a data file to get these columns: those of them that are no partition columns, in their order.
    StructType stored(List<Integer> columns) {
        List<StructField> stored = columns.stream()
                .filter(column -> !isPartition(column))
                .map(physical::get)
                .toList();
        return new StructType(stored);
    }
}
