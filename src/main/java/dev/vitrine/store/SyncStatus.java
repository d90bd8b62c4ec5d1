package dev.vitrine.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the sync worker does with a table, as it said last.
///
/// @param message for people: why it waits or failed, and what to do; null when all is well
/// @param latestVersion newest version seen in Delta, -1 if none
/// @param behindSince commit time of the oldest commit that is not served yet; null: none is known
/// @param load the rebuild that is running; null: none
/// @param hold what a guard holds; null: nothing
/// @param lastFailure also after it was overcome; null: none yet
/// @param lastLook the last one that succeeded
/// @param at when it was reported
public record SyncStatus(
        State state,
        @Nullable String message,
        long latestVersion,
        @Nullable Instant behindSince,
        @Nullable Load load,
        @Nullable Hold hold,
        @Nullable Failure lastFailure,
        @Nullable Instant lastLook,
        Instant at) {

    /// Where a table is in its life.
    public enum State {
        /// nothing reported yet
        UNKNOWN,
        /// for the table, which does not exist yet, or for a process that has it in its hands
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

    /// A running rebuild.
    ///
    /// @param version of its snapshot
    /// @param rows that are in
    /// @param shareDone of the files, 0 to 1
    public record Load(long version, long rows, double rowsPerSecond, double shareDone, Instant started) {

        /// An estimate by the files that are left; NaN: too early to tell.
        public double secondsLeft() {
            return shareDone > 0 && rowsPerSecond > 0 ? rows * (1 - shareDone) / shareDone / rowsPerSecond : Double.NaN;
        }
    }

    /// What waits for an operator.
    ///
    /// @param version of the commit or snapshot that is held
    /// @param rebuild whether it is a rebuild rather than a commit
    /// @param reason for people
    public record Hold(Guard guard, long version, boolean rebuild, String reason, Instant since) {}

    /// Why something is held.
    public enum Guard {
        /// too many keys would be removed
        DELETES,
        /// too many rows cannot be served
        DEAD_LETTERS,
        /// the table's columns do not fit the contract
        SCHEMA
    }

    /// The last step that failed.
    ///
    /// @param message for people
    public record Failure(String message, Instant at) {}

    /// The same, but that its worker waits.
    ///
    /// @param reason for people
    public SyncStatus waiting(String reason, Instant now) {
        return new SyncStatus(
                State.WAITING, reason, latestVersion, behindSince, null, hold, lastFailure, lastLook, now);
    }

    /// Before the worker said anything.
    public static SyncStatus unknown() {
        return new SyncStatus(State.UNKNOWN, null, -1, null, null, null, null, null, Instant.EPOCH);
    }
}
