package dev.vitrine.delta;

import dev.vitrine.contract.GoldTable;

/// Opens Delta tables. Threads may share it.
public interface DeltaTables {

    /// The Delta table behind a gold table; nothing is read yet, so it may not exist.
    DeltaTable open(GoldTable table);
}
