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
/// @param state a [State], or `WITHDRAWN`
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
/// @param requestUnitsToday what the store charged all processes for it since midnight UTC; null: it does not charge
@JsonInclude(JsonInclude.Include.NON_NULL)
record TableState(
        String state,
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
        @Nullable String worker,
        @Nullable Double requestUnitsToday) {

    private static final String WITHDRAWN = "WITHDRAWN";

    /// What a guard holds.
    record Holding(Guard guard, long version, boolean rebuild, String reason, Instant since, String remedy) {

        static Holding of(Hold hold, String address) {
            return new Holding(
                    hold.guard(),
                    hold.version(),
                    hold.rebuild(),
                    hold.reason(),
                    hold.since(),
                    Held.remedy(hold, address));
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
            double left = load.secondsLeft();
            return new Rebuilding(
                    load.version(),
                    load.rows(),
                    Math.round(load.rowsPerSecond()),
                    Math.round(load.shareDone() * 1000) / 1000.0,
                    Double.isNaN(left) ? null : Math.round(left),
                    load.started());
        }
    }

    /// @param moved who moves it; where nobody does, what was said last is not true any more
    static TableState of(StoredTable stored, TableStates.Moved moved, Instant now) {
        SyncStatus said = stored.status();
        SyncStatus status = moved.obstacle() == null ? said : said.waiting(moved.obstacle(), said.at());
        Optional<Checkpoint> checkpoint = stored.checkpoint();
        Optional<Revision> revision = checkpoint.map(Checkpoint::revision);
        Long latest = status.latestVersion() < 0 ? null : status.latestVersion();
        Instant behind = status.behindSince();
        return new TableState(
                status.state().name(),
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
                status.hold() == null
                        ? null
                        : Holding.of(status.hold(), stored.table().address()),
                status.message(),
                status.load() == null ? null : Rebuilding.of(status.load()),
                status.lastFailure(),
                status.lastLook(),
                said.state() == State.UNKNOWN ? null : said.at(),
                moved.worker(),
                null);
    }

    TableState charged(@Nullable Double requestUnits) {
        return requestUnits == null
                ? this
                : new TableState(
                        state,
                        version,
                        dataAsOf,
                        latestVersion,
                        lagCommits,
                        lagSeconds,
                        epoch,
                        generation,
                        entities,
                        deadLetters,
                        divergedSince,
                        held,
                        message,
                        rebuild,
                        lastFailure,
                        lastLook,
                        reportedAt,
                        worker,
                        Math.round(requestUnits * 100) / 100.0);
    }

    /// Of a table whose store does not answer.
    static TableState unreadable(StoreFailure failure) {
        return only(State.FAILED.name(), String.valueOf(failure.getMessage()));
    }

    /// Of a table that no contract names.
    static TableState withdrawn(Instant since, Instant until) {
        return only(
                WITHDRAWN,
                "no contract names it since %s; what is stored of it is deleted at %s, once all contracts can be read and no process moves it any more"
                        .formatted(since, until));
    }

    private static TableState only(String state, String message) {
        return new TableState(
                state, null, null, null, null, null, null, null, null, null, null, null, message, null, null, null,
                null, null, null);
    }

    /// Whether it is served and followed as promised, or as nobody wants it.
    boolean healthy() {
        boolean moving =
                state.equals(State.FOLLOWING.name()) || state.equals(State.REBUILDING.name()) && version != null;
        return state.equals(WITHDRAWN) || moving && held == null && worker != null && divergedSince == null;
    }
}
