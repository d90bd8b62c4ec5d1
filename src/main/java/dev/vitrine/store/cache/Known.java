package dev.vitrine.store.cache;

import dev.vitrine.store.Checkpoint;
import java.time.Duration;

/// A checkpoint as this process saw it.
///
/// @param space what it is of
/// @param chain of the space
/// @param seen when it was surely the newest, by [System#nanoTime()]
record Known(Checkpoint checkpoint, At at, String space, Chain chain, long seen) {

    /// Less is within what every answer may be behind.
    private static final Duration NOTHING = Duration.ofSeconds(1);

    Duration sinceSeen() {
        return Duration.ofNanos(System.nanoTime() - seen);
    }

    /// As an answer says it.
    Duration age() {
        Duration age = sinceSeen();
        return age.compareTo(NOTHING) < 0 ? Duration.ZERO : age;
    }
}
