package dev.vitrine.entity;

import java.time.Instant;
import java.util.Comparator;

/// When a state was true: a version of the Delta table.
///
/// @param epoch counts the tables that were found at the path; versions of another epoch are of another table
/// @param version of the Delta table
/// @param commitTime when that version was committed
public record Revision(long epoch, long version, Instant commitTime) implements Comparable<Revision> {

    private static final Comparator<Revision> ORDER =
            Comparator.comparingLong(Revision::epoch).thenComparingLong(Revision::version);

    /// Older first: by epoch, then version; the time does not count.
    @Override
    public int compareTo(Revision other) {
        return ORDER.compare(this, other);
    }
}
