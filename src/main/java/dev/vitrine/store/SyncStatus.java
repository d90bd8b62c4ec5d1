package dev.vitrine.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the sync worker is doing with a table.
///
/// @param message for people: why it waits or failed, and what to do; null when all is well
/// @param latestVersion newest version seen in Delta, -1 if none
/// @param rows of a running rebuild so far
/// @param rowsPerSecond of a running rebuild
/// @param shareDone files of a running rebuild that are done, 0 to 1
/// @param at when it was reported
public record SyncStatus(
        State state,
        @Nullable String message,
        long latestVersion,
        long rows,
        double rowsPerSecond,
        double shareDone,
        @Nullable Instant lastLook,
        Instant at) {

    /// Where a table is in its life.
    public enum State {
        /// nothing reported yet
        UNKNOWN,
        /// the table does not exist yet
        WAITING,
        /// a new generation is being filled
        REBUILDING,
        /// up to date, or catching up commit by commit
        FOLLOWING,
        /// held by a guard until somebody decides
        HELD,
        /// the last look or step failed; it is tried again
        FAILED
    }

    /// Before the worker said anything.
    public static SyncStatus unknown() {
        return new SyncStatus(State.UNKNOWN, null, -1, 0, 0, 0, null, Instant.EPOCH);
    }
}
