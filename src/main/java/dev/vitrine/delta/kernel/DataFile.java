package dev.vitrine.delta.kernel;

import io.delta.kernel.utils.FileStatus;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A data file as an action of the log names it.
///
/// @param partition values by physical column name; a missing one is null, an empty one too
/// @param deleted loads the deletion vector: which row indexes are not alive; null: all are
record DataFile(
        FileStatus status,
        Map<String, String> partition,
        @Nullable Supplier<LongPredicate> deleted) {

    /// Loads the deletion vector.
    LongPredicate deletedRows() {
        return deleted == null ? row -> false : deleted.get();
    }
}
