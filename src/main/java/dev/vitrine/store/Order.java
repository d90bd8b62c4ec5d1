package dev.vitrine.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operator asked of a table's worker.
///
/// @param id grows with every order of a store
/// @param table address, `sales/dim_customer`
/// @param version that the order is about; null: none
/// @param letters ids of the dead letters that the order is about; empty: all, or none, as the action has it
/// @param by who asked
/// @param outcome what came of it, for people; null: pending
/// @param doneAt null: pending
public record Order(
        long id,
        String table,
        Action action,
        @Nullable Long version,
        List<Long> letters,
        String by,
        Instant placed,
        @Nullable String outcome,
        @Nullable Instant doneAt) {
    public Order {
        letters = List.copyOf(letters);
    }

    /// What can be asked for.
    public enum Action {
        /// look at once
        ANNOUNCE,
        /// apply what is held
        RELEASE,
        /// leave out the commit that is held
        REJECT,
        /// load the table anew
        REBUILD,
        /// try dead letters again
        REPLAY,
        /// remove dead letters
        DISMISS
    }
}
