package dev.vitrine.sync;

import dev.vitrine.delta.ChangeFeed;
import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.store.Checkpoint;
import java.util.List;

/// What a look at a table asks for: one case per arrow of its life.
sealed interface Step {

    /// The newest version is served already.
    record Nothing(long version) implements Step {}

    /// There are commits after the checkpoint. Whoever takes the step closes the feed.
    ///
    /// @param wholeRows whether deletes in the feed carry their rows
    record Increment(Checkpoint from, ChangeFeed feed, boolean wholeRows) implements Step {}

    /// The table has to be loaded anew.
    ///
    /// @param epoch of the revision it will have
    /// @param reason why the feed does not do, as a clause: `it was never loaded`
    record Rebuild(DeltaSnapshot snapshot, long epoch, String reason) implements Step {}

    /// The contract cannot serve the newest version; what is served stays.
    record Misfit(long version, List<String> misfits) implements Step {
        public Misfit {
            misfits = List.copyOf(misfits);
        }

        String reason() {
            return "the contract cannot serve version %d: %s".formatted(version, String.join("; ", misfits));
        }
    }
}
