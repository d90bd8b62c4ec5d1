package dev.vitrine.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.SyncStatus.State;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an operator wants to know of a table.
///
/// @param version last version served whole; null before the first
/// @param dataAsOf when that version was committed
/// @param latestVersion newest version seen in Delta; null if none was seen
/// @param deadLetters rows that could not be served; null before the first load
/// @param message why it waits or failed, and what to do
/// @param progress of a running rebuild
@JsonInclude(JsonInclude.Include.NON_NULL)
record TableState(
        State state,
        @Nullable Long version,
        @Nullable Instant dataAsOf,
        @Nullable Long latestVersion,
        @Nullable Long epoch,
        @Nullable Long generation,
        @Nullable Long deadLetters,
        @Nullable String message,
        @Nullable Progressing progress,
        @Nullable Instant lastLook,
        @Nullable Instant reportedAt) {

    /// How far a rebuild is.
    record Progressing(long rows, long rowsPerSecond, double shareDone) {}

    static TableState of(StoredTable stored) {
        SyncStatus status = stored.status();
        SyncStatus.Load load = status.load();
        Optional<Checkpoint> checkpoint = stored.checkpoint();
        Optional<Revision> revision = checkpoint.map(Checkpoint::revision);
        return new TableState(
                status.state(),
                revision.map(Revision::version).orElse(null),
                revision.map(Revision::commitTime).orElse(null),
                status.latestVersion() < 0 ? null : status.latestVersion(),
                revision.map(Revision::epoch).orElse(null),
                checkpoint.map(Checkpoint::generation).orElse(null),
                checkpoint.isPresent() ? stored.deadLetterCount() : null,
                status.message(),
                load == null
                        ? null
                        : new Progressing(
                                load.rows(),
                                Math.round(load.rowsPerSecond()),
                                Math.round(load.shareDone() * 1000) / 1000.0),
                status.lastLook(),
                status.state() == State.UNKNOWN ? null : status.at());
    }

    /// Of a table whose store does not answer.
    static TableState unreadable(StoreFailure failure) {
        return new TableState(State.FAILED, null, null, null, null, null, null, failure.getMessage(), null, null, null);
    }

    /// Whether it is served and followed as promised.
    boolean healthy() {
        return state == State.FOLLOWING || (state == State.REBUILDING && version != null);
    }
}
