package dev.vitrine.delta.rows;

import io.delta.kernel.data.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of one file that are in memory together.
///
/// @param columns one vector per column that was asked for, in that order; members of structs are in the order of the
/// logical schema, whatever their names
/// @param types what each row means
public record Batch(List<ColumnVector> columns, int size, Types types) {

    /// What the rows of a batch mean.
    @FunctionalInterface
    public interface Types {

        /// What happened to the row; null: nothing, it is not part of the answer.
        @Nullable
        ChangeType of(int row);
    }
}
