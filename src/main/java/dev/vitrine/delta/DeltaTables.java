package dev.vitrine.delta;

import dev.vitrine.contract.GoldTable;

/// Opens Delta tables. Threads may share it.
public interface DeltaTables {

    /// The Delta table behind a gold table; nothing is read yet, so it may not exist.
    DeltaTable open(GoldTable table);

    /// The schema of the newest version of the Delta table at a path or URI.
    ///
    /// @throws TableMissing there is no table
    /// @throws TableUnreadable its log cannot be read
    DeltaSchema schema(String location);
}
