package dev.vitrine.sync;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.Lease;
import dev.vitrine.store.Leases;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.WriterFenced;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what is stored of tables that no contract names any more: nobody would see a delete in the gold table that
/// has to reach them. Not before a grace period is over, since a contract may only be away for a moment; and not while
/// some contract cannot be read, since it may be the one that names the table. One thread.
final class Withdrawals {

    private static final Logger log = LoggerFactory.getLogger(Withdrawals.class);

    /// What stands against a deletion may need somebody to act.
    private static final Duration RETRY_AT_MOST = Duration.ofMinutes(15);

    private final Contracts contracts;
    private final Workshop shop;
    private final String holder;
    private final Set<String> told = new HashSet<>();
    private final Map<String, Unfinished> unfinished = new HashMap<>();

    /// What could not be deleted.
    ///
    /// @param rest that it is left in peace after the last time
    /// @param until when that is over
    private record Unfinished(Duration rest, Instant until) {}

    /// @param process that holds the leases meanwhile
    Withdrawals(Contracts contracts, Workshop shop, String process) {
        this.contracts = contracts;
        this.shop = shop;
        // A worker of this process that still moves the table is somebody else.
        this.holder = process + "-withdrawing";
    }

    /// Looks which tables are named, and deletes those whose time is over.
    void look() {
        if (!contracts.complete()) {
            return;
        }
        Instant now = shop.clock().instant();
        SortedMap<String, Instant> withdrawn = shop.store().withdrawn(named(), now);
        told.removeIf(address -> {
            boolean back = !withdrawn.containsKey(address);
            if (back) {
                log.info("{}: a contract names it again; it stays", address);
            }
            return back;
        });
        withdrawn.forEach((address, since) -> {
            Instant until = since.plus(shop.properties().withdrawnKept());
            if (now.isBefore(until)) {
                if (shop.store().leases().current(address).isEmpty()) {
                    tell(address, until);
                }
            } else if (isDue(address, now)) {
                erase(address);
            }
        });
        unfinished.keySet().retainAll(withdrawn.keySet());
    }

    private boolean isDue(String address, Instant now) {
        Unfinished last = unfinished.get(address);
        return last == null || !now.isBefore(last.until);
    }

    /// Ever more seldom.
    private void again(String address) {
        Unfinished last = unfinished.get(address);
        Duration rest = last == null ? shop.properties().retryAfter() : last.rest.multipliedBy(2);
        Duration bounded = rest.compareTo(RETRY_AT_MOST) < 0 ? rest : RETRY_AT_MOST;
        unfinished.put(address, new Unfinished(bounded, shop.clock().instant().plus(bounded)));
    }

    /// In force or wanted: readers may see either.
    private Set<String> named() {
        Set<String> named = new HashSet<>();
        contracts.tables().stream().map(GoldTable::address).forEach(named::add);
        contracts.wanted().stream().map(GoldTable::address).forEach(named::add);
        return named;
    }

    private void tell(String address, Instant until) {
        if (told.add(address)) {
            log.warn(
                    "{}: no contract names it any more; what is stored of it is deleted at {}, unless one does again",
                    address,
                    until);
        }
    }

    private void erase(String address) {
        Leases leases = shop.store().leases();
        Optional<Lease> lease =
                leases.acquire(address, holder, shop.properties().lease());
        if (lease.isEmpty()) {
            // Another process has not seen yet that it is withdrawn, or sees other contracts.
            return;
        }
        try {
            if (named().contains(address)) {
                return;
            }
            if (shop.store().erase(address, lease.get().token())) {
                told.remove(address);
                log.warn("{}: no contract names it any more; what was stored of it is deleted", address);
            } else {
                again(address);
            }
        } catch (StoreFailure | WriterFenced e) {
            log.warn("{}: what is stored of it cannot be deleted, it is tried again: {}", address, e.getMessage());
            again(address);
        } finally {
            leases.release(lease.get());
        }
    }
}
