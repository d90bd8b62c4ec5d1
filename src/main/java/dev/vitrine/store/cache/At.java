package dev.vitrine.store.cache;

import dev.vitrine.entity.Revision;
import dev.vitrine.store.Checkpoint;
import java.util.Comparator;

/// A version of a table, for comparing.
///
/// @param epoch see [Revision#epoch()]
public record At(long epoch, long version) implements Comparable<At> {

    private static final Comparator<At> ORDER =
            Comparator.comparingLong(At::epoch).thenComparingLong(At::version);

    static At of(Revision revision) {
        return new At(revision.epoch(), revision.version());
    }

    static At of(Checkpoint checkpoint) {
        return of(checkpoint.revision());
    }

    @Override
    public int compareTo(At other) {
        return ORDER.compare(this, other);
    }

    boolean isFrom(At other) {
        return compareTo(other) >= 0;
    }
}
