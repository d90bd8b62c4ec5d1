package dev.vitrine.delta.kernel;

import dev.vitrine.delta.rows.ChangeType;
import java.util.function.LongPredicate;

/// A data file to be read, and what its rows mean.
sealed interface FileRead {

    DataFile file();

    /// The table as it was when the file was written to it, which decides how its columns are read.
    TableState state();

    /// Every live row of the file was inserted, or deleted.
    record Whole(DataFile file, TableState state, ChangeType type) implements FileRead {}

    /// Only the deletion vector of the file changed: newly dead rows were deleted, revived ones (RESTORE) inserted.
    record Revised(DataFile file, TableState state, DataFile before) implements FileRead {

        /// Rows that were dead before.
        LongPredicate deletedBefore() {
            return before.deletedRows();
        }
    }

    /// The rows say themselves what happened to them, in `_change_type`.
    record Told(DataFile file, TableState state) implements FileRead {}
}
