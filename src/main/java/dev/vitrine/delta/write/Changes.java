package dev.vitrine.delta.write;

import java.util.List;

/// What one commit changes.
///
/// @param inserts new rows; their keys are not checked, as Delta does not check them either
/// @param updates whole new rows of keys that are there
/// @param deletes keys that are there
public record Changes(List<Row> inserts, List<Row> updates, List<Row> deletes) {
    public Changes {
        inserts = List.copyOf(inserts);
        updates = List.copyOf(updates);
        deletes = List.copyOf(deletes);
    }

    /// New rows and nothing else.
    public static Changes inserting(List<Row> rows) {
        return new Changes(rows, List.of(), List.of());
    }
}
