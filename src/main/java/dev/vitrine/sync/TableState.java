package dev.vitrine.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.SyncStatus.Failure;
import dev.vitrine.store.SyncStatus.Guard;
import dev.vitrine.store.SyncStatus.Hold;
import dev.vitrine.store.SyncStatus.Load;
import dev.vitrine.store.SyncStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an operator wants to know of a table.
///
/// @param version last version served whole; null before the first
/// @param dataAsOf when that version was committed
/// @param latestVersion newest version seen in Delta; null if none was seen
/// @param lagCommits versions seen that are not served yet
/// @param lagSeconds age of the oldest commit that is not served yet; counted from the last good look while looking
/// fails
/// @param entities that are served
/// @param deadLetters rows that could not be served; null before the first load
/// @param divergedSince first version that was rejected and is missing from what is served
/// @param message why it waits, is held or failed, and what to do
/// @param rebuild of a running one
/// @param worker the process that moves the table; null: none does
@JsonInclude(JsonInclude.Include.NON_NULL)
record TableState(
        State state,
        @Nullable Long version,
        @Nullable Instant dataAsOf,
        @Nullable Long latestVersion,
        @Nullable Long lagCommits,
        @Nullable Double lagSeconds,
        @Nullable Long epoch,
        @Nullable Long generation,
        @Nullable Long entities,
        @Nullable Long deadLetters,
        @Nullable Long divergedSince,
        @Nullable Holding held,
        @Nullable String message,
        @Nullable Rebuilding rebuild,
        @Nullable Failure lastFailure,
        @Nullable Instant lastLook,
        @Nullable Instant reportedAt,
        @Nullable String worker) {

    /// What a guard holds.
    record Holding(Guard guard, long version, boolean rebuild, String reason, Instant since, String remedy) {

        static Holding of(Hold hold) {
            return new Holding(
                    hold.guard(), hold.version(), hold.rebuild(), hold.reason(), hold.since(), Held.remedy(hold));
        }
    }

    /// How far a rebuild is.
    ///
    /// @param secondsLeft an estimate by the files that are left; null: too early to tell
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rebuilding(
            long version,
            long rows,
            long rowsPerSecond,
            double shareDone,
            @Nullable Long secondsLeft,
            Instant started) {

        static Rebuilding of(Load load) {
            double share = load.shareDone();
            double rate = load.rowsPerSecond();
            Long left = share > 0 && rate > 0 ? Math.round(load.rows() * (1 - share) / share / rate) : null;
            return new Rebuilding(
                    load.version(),
                    load.rows(),
                    Math.round(rate),
                    Math.round(share * 1000) / 1000.0,
                    left,
                    load.started());
        }
    }

    /// @param worker the holder of the table's lease
    static TableState of(StoredTable stored, @Nullable String worker, Instant now) {
        SyncStatus status = stored.status();
        Optional<Checkpoint> checkpoint = stored.checkpoint();
        Optional<Revision> revision = checkpoint.map(Checkpoint::revision);
        Long latest = status.latestVersion() < 0 ? null : status.latestVersion();
        Instant behind = status.behindSince();
        return new TableState(
                status.state(),
                revision.map(Revision::version).orElse(null),
                revision.map(Revision::commitTime).orElse(null),
                latest,
                latest == null
                        ? null
                        : revision.map(served -> Math.max(0, latest - served.version()))
                                .orElse(null),
                behind == null ? 0.0 : Math.max(0, Duration.between(behind, now).toMillis() / 1000.0),
                revision.map(Revision::epoch).orElse(null),
                checkpoint.map(Checkpoint::generation).orElse(null),
                checkpoint.map(Checkpoint::entities).orElse(null),
                checkpoint.isPresent() ? stored.deadLetterCount() : null,
                checkpoint.map(Checkpoint::divergedSince).orElse(null),
                status.hold() == null ? null : Holding.of(status.hold()),
                status.message(),
                status.load() == null ? null : Rebuilding.of(status.load()),
                status.lastFailure(),
                status.lastLook(),
                status.state() == State.UNKNOWN ? null : status.at(),
                worker);
    }

    /// Of a table whose store does not answer.
    static TableState unreadable(StoreFailure failure) {
        return new TableState(
                State.FAILED,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                failure.getMessage(),
                null,
                null,
                null,
                null,
                null);
    }

    /// Whether it is served and followed as promised.
    boolean healthy() {
        boolean moving = state == State.FOLLOWING || state == State.REBUILDING && version != null;
        return moving && worker != null && divergedSince == null;
    }
}
