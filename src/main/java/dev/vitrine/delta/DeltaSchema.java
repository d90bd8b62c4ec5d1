package dev.vitrine.delta;

import java.util.List;
import java.util.Optional;

/// What a Delta table looks like at one version.
///
/// @param tableId Delta's id of the table
/// @param columns in schema order, with the partition columns in their place
/// @param partitionColumns names of those the table is partitioned by
/// @param feedEnabled whether the change feed is on
public record DeltaSchema(
        String tableId,
        List<DeltaType.Column> columns,
        List<String> partitionColumns,
        Optional<String> name,
        Optional<String> description,
        boolean feedEnabled) {
    public DeltaSchema {
        columns = List.copyOf(columns);
        partitionColumns = List.copyOf(partitionColumns);
    }
}
