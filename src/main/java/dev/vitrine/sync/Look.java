package dev.vitrine.sync;

import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.DeltaTable;
import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.StoredTable;
import java.util.List;
import java.util.Optional;

/// Compares a Delta table with what is served of it and decides the next [Step]. Changes nothing.
record Look(DeltaTable delta, StoredTable stored) {

    private static final long FIRST_EPOCH = 1;

    /// The step to take now. Costs one listing while nothing is new.
    Step next() {
        Optional<Checkpoint> checkpoint = stored.checkpoint();
        if (checkpoint.isEmpty()) {
            return load(delta.latest(), FIRST_EPOCH, "it was never loaded");
        }
        Checkpoint served = checkpoint.get();
        if (!stored.coversLayout()) {
            return rebuild("the contract asks for more than is stored");
        }
        boolean wholeRows = stored.withholds();
        try {
            return delta.changesAfter(served.tableId(), served.revision().version(), served.commitFile(), wholeRows)
                    .<Step>map(feed -> new Step.Increment(served, feed, wholeRows))
                    .orElseGet(() -> new Step.Nothing(served.revision().version()));
        } catch (FeedUnavailable unavailable) {
            return past(served, String.valueOf(unavailable.getMessage()));
        }
    }

    /// The step to take where the feed does not lead on from the checkpoint.
    ///
    /// @param obstacle why not, for the reason of a rebuild
    Step past(Checkpoint served, String obstacle) {
        DeltaSnapshot latest = delta.latest();
        boolean servedAlready = latest.tableId().equals(served.tableId())
                && latest.version() == served.revision().version()
                && latest.commitFile().equals(served.commitFile());
        return servedAlready ? new Step.Nothing(latest.version()) : load(latest, epochOf(latest, served), obstacle);
    }

    /// The step to take where the feed comes to a commit that the contract cannot serve: a rebuild if a later version
    /// mends it. A column that vanished is not mended by being null in the newest version.
    Step past(Checkpoint served, FeedPart.Begin misfit) {
        DeltaSnapshot latest = delta.latest();
        List<String> vanished = misfit.misfits().stream()
                .filter(text ->
                        latest.absent().stream().anyMatch(column -> text.startsWith("column " + column + " is served")))
                .toList();
        return vanished.isEmpty() ? past(served, misfit.obstacle()) : new Step.Misfit(misfit.version(), vanished);
    }

    /// Loads the newest version, whatever is served.
    Step rebuild(String reason) {
        DeltaSnapshot latest = delta.latest();
        return load(
                latest,
                stored.checkpoint().map(served -> epochOf(latest, served)).orElse(FIRST_EPOCH),
                reason);
    }

    private static Step load(DeltaSnapshot latest, long epoch, String reason) {
        return latest.misfits().isEmpty()
                ? new Step.Rebuild(latest, epoch, reason)
                : new Step.Misfit(latest.version(), latest.misfits());
    }

    /// Another table, or one whose history went back, begins a new epoch: versions of it cannot be compared with those
    /// served before.
    private static long epochOf(DeltaSnapshot latest, Checkpoint served) {
        boolean continued = latest.tableId().equals(served.tableId())
                && latest.version() >= served.revision().version();
        return continued ? served.revision().epoch() : served.revision().epoch() + 1;
    }
}
