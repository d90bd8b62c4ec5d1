package dev.vitrine.store;

import java.time.Duration;
import java.util.Optional;

/// Rights to write, kept in the store: one holder a name at a time. Threads may share it.
///
/// A holder that is stopped or cut off does not know that its lease ran out. So whoever writes shows the token of its
/// lease, and a store refuses a token that is older than one it has seen: [StoredTable#writer].
public interface Leases {

    /// Takes the lease if nobody holds it or its holder let it run out; a lease of the same holder that still runs is
    /// given again, with its token, and runs for the new term.
    ///
    /// @return empty: somebody else holds it
    Optional<Lease> acquire(String name, String holder, Duration term);

    /// Prolongs a lease from now on; also one that ran out, if nobody took it meanwhile.
    ///
    /// @return empty: it was lost or released
    Optional<Lease> renew(Lease lease, Duration term);

    /// Gives it up at once; one that was lost meanwhile stays with its new holder.
    void release(Lease lease);

    /// Who holds it now.
    Optional<Lease> current(String name);
}
