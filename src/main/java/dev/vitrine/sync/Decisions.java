package dev.vitrine.sync;

import java.util.Set;

/// What operators decided about commits that guards hold.
///
/// @param guarded false: no commit is held
/// @param released versions that are applied, whatever the guards say
/// @param rejected versions that are left out
record Decisions(boolean guarded, Set<Long> released, Set<Long> rejected) {
    Decisions {
        released = Set.copyOf(released);
        rejected = Set.copyOf(rejected);
    }

    /// For a generation that is compared as a whole before it is served.
    static Decisions unguarded() {
        return new Decisions(false, Set.of(), Set.of());
    }

    boolean releases(long version) {
        return !guarded || released.contains(version);
    }

    boolean rejects(long version) {
        return rejected.contains(version);
    }
}
