package dev.vitrine.sync;

import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.DeltaTable;
import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.delta.TableMissing;
import dev.vitrine.delta.TableUnreadable;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Kept;
import dev.vitrine.store.Origin;
import dev.vitrine.store.Sealed;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus.Hold;
import dev.vitrine.store.SyncStatus.Load;
import dev.vitrine.store.TableWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Loads a snapshot into a new generation beside the served one, lets it catch up with the feed, and swaps it in when
/// every row has arrived. A load that was killed is gone on with.
final class Rebuilds {

    private static final long PATIENCE_SECONDS = 5;

    private final DeltaTable delta;
    private final StoredTable stored;
    private final TableWriter writer;
    private final Guards guards;
    private final Increments increments;
    private final long readAhead;
    private final Semaphore turns;
    private final StatusReports reports;
    private final SyncMeters meters;
    private final InstantSource clock;

    Rebuilds(Look look, TableWriter writer, StatusReports reports, SyncMeters meters, Workshop shop) {
        this.delta = look.delta();
        this.stored = look.stored();
        this.writer = writer;
        this.guards = Guards.of(stored.table(), shop);
        this.increments = new Increments(guards, shop.readAhead(), reports, meters);
        this.readAhead = shop.readAhead();
        this.turns = shop.turns();
        this.reports = reports;
        this.meters = meters;
        this.clock = shop.clock();
    }

    /// What is done while a load runs: the served generation is followed.
    interface Meanwhile {

        /// Does a piece of it; returns how long it wants to rest.
        Duration step() throws InterruptedException;
    }

    /// How a rebuild ended.
    sealed interface Outcome {

        /// It is served.
        record Served(long version) implements Outcome {}

        /// It was not this table's turn; look again, because the snapshot grows old while waiting.
        record Postponed() implements Outcome {}

        /// A guard holds it; what was loaded is thrown away.
        record Held(Hold hold) implements Outcome {}
    }

    /// Loads the snapshot, or goes on with an older one that a killed process left, and serves it.
    ///
    /// @param guarded false: an operator has released it
    Outcome load(Step.Rebuild rebuild, boolean guarded, Meanwhile meanwhile) throws InterruptedException {
        if (!turns.tryAcquire()) {
            reports.rebuilding(
                    "waits until other tables are loaded",
                    new Load(rebuild.snapshot().version(), 0, 0, 0, clock.instant()));
            meanwhile.step();
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return new Outcome.Postponed();
            }
        }
        try (GenerationWriter generation = begin(rebuild)) {
            DeltaSnapshot snapshot = snapshotOf(generation, rebuild);
            Kept kept = generation.kept();
            Progress progress = new Progress(
                    stored.table().address(),
                    rebuild.reason(),
                    snapshot.version(),
                    kept.rows(),
                    clock.instant(),
                    reports);
            try {
                Sealed sealed = fill(snapshot, generation, progress, meanwhile);
                catchUp(generation, sealed.letters() > 0);
                Optional<Hold> hold = guarded
                        ? guards.against(generation, sealed, stored.checkpoint(), stored.deadLetterCount())
                        : Optional.empty();
                if (hold.isPresent()) {
                    generation.discard();
                    return new Outcome.Held(hold.get());
                }
                long reached = generation.checkpoint().revision().version();
                generation.swap();
                progress.served(reached);
                return new Outcome.Served(reached);
            } catch (RowsLost | TableMissing | FeedUnavailable useless) {
                generation.discard();
                throw useless;
            } catch (TableUnreadable unreadable) {
                // Going on pays as long as it gets further; a file that is gone for good ends that.
                if (progress.rows() == kept.rows()) {
                    generation.discard();
                }
                throw unreadable;
            }
        } finally {
            reports.endRebuild();
            turns.release();
        }
    }

    private GenerationWriter begin(Step.Rebuild rebuild) {
        DeltaSnapshot latest = rebuild.snapshot();
        Optional<GenerationWriter> left = writer.unfinished();
        if (left.isPresent()) {
            if (leadsOn(left.get().origin(), rebuild)) {
                return left.get();
            }
            left.get().discard();
            left.get().close();
        }
        return writer.rebuild(new Origin(
                latest.tableId(),
                new Revision(rebuild.epoch(), latest.version(), latest.commitTime()),
                latest.commitFile()));
    }

    /// Whether a load that was begun at an older version is worth going on with.
    private boolean leadsOn(Origin origin, Step.Rebuild rebuild) {
        Revision revision = origin.revision();
        if (!origin.tableId().equals(rebuild.snapshot().tableId()) || revision.epoch() != rebuild.epoch()) {
            return false;
        }
        boolean older = stored.checkpoint()
                .filter(served ->
                        !rebuild.snapshot().feedEnabled() && served.revision().compareTo(revision) > 0)
                .isPresent();
        if (older) {
            return false;
        }
        try {
            DeltaSnapshot begun = delta.at(revision.version());
            return begun.tableId().equals(origin.tableId())
                    && begun.commitFile().equals(origin.commitFile());
        } catch (TableUnreadable | FeedUnavailable gone) {
            return false;
        }
    }

    private DeltaSnapshot snapshotOf(GenerationWriter generation, Step.Rebuild rebuild) {
        long version = generation.origin().revision().version();
        return version == rebuild.snapshot().version() ? rebuild.snapshot() : delta.at(version);
    }

    private Sealed fill(DeltaSnapshot snapshot, GenerationWriter generation, Progress progress, Meanwhile meanwhile)
            throws InterruptedException {
        try (Loading loading = new Loading(snapshot, generation, readAhead, meters, progress)) {
            Optional<Sealed> sealed = loading.await(Duration.ZERO);
            while (sealed.isEmpty()) {
                sealed = loading.await(meanwhile.step());
            }
            return sealed.get();
        }
    }

    /// Follows the feed from the loaded version on. A feed that breaks off is the next look's business, unless what is
    /// served is newer.
    private void catchUp(GenerationWriter generation, boolean wholeRows) throws InterruptedException {
        Increments.Target target = new Increments.Target(generation::changes, Decisions.unguarded(), version -> {});
        while (true) {
            Checkpoint reached = generation.checkpoint();
            Increments.Applied applied;
            try {
                var feed = delta.changesAfter(
                        reached.tableId(), reached.revision().version(), reached.commitFile(), wholeRows);
                if (feed.isEmpty()) {
                    return;
                }
                applied = increments.apply(new Step.Increment(reached, feed.get(), wholeRows), target);
            } catch (FeedUnavailable broken) {
                requireNoneNewer(generation, broken);
                return;
            }
            switch (applied) {
                case Increments.Applied.Whole whole -> {}
                case Increments.Applied.Part part -> wholeRows = true;
                case Increments.Applied.Misfit misfit -> {
                    requireNoneNewer(
                            generation, new FeedUnavailable(misfit.commit().obstacle(), null));
                    return;
                }
                case Increments.Applied.Held held -> throw new IllegalStateException("held, though nothing guards it");
            }
        }
    }

    private void requireNoneNewer(GenerationWriter generation, FeedUnavailable obstacle) {
        Revision reached = generation.checkpoint().revision();
        stored.checkpoint()
                .map(Checkpoint::revision)
                .filter(served -> served.compareTo(reached) > 0)
                .ifPresent(newer -> {
                    throw obstacle;
                });
    }
}
