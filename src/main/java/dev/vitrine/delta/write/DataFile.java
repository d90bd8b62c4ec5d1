package dev.vitrine.delta.write;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A data file of the table as it is now.
///
/// @param path in the table's folder
/// @param statistics as the log has them: JSON
/// @param keys of the rows in it
record DataFile(
        String path, long size, long modified, @Nullable String statistics, Set<Row> keys) {
    DataFile {
        keys = Set.copyOf(keys);
    }
}
