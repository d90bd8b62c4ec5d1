package dev.vitrine.sync;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lease;
import dev.vitrine.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The state of every gold table as last written to the store, whichever process wrote it.
record TableStates(Contracts contracts, EntityStore store, SyncProperties properties, InstantSource clock) {

    /// By the table's address, in the contracts' order; then those that no contract names any more.
    Map<String, TableState> all() {
        Map<String, TableState> states = new LinkedHashMap<>();
        contracts.tables().forEach(table -> states.put(table.address(), of(table)));
        store.withdrawn().forEach((address, since) -> states.putIfAbsent(address, withdrawn(since)));
        return states;
    }

    /// Of one table.
    TableState of(GoldTable table) {
        try {
            return TableState.of(store.table(table), moved(table), clock.instant())
                    .charged(store.chargedToday().get(table.address()));
        } catch (StoreFailure failure) {
            return TableState.unreadable(failure);
        }
    }

    /// Of one that no contract names any more, as long as something is kept of it.
    Optional<TableState> withdrawn(String address) {
        return Optional.ofNullable(store.withdrawn().get(address)).map(this::withdrawn);
    }

    private TableState withdrawn(Instant since) {
        return TableState.withdrawn(since, since.plus(properties.withdrawnKept()));
    }

    private Moved moved(GoldTable table) {
        Lease lease = store.leases().current(table.address()).orElse(null);
        if (lease == null) {
            return new Moved(null, "waiting for a process that keeps the table up to date: none does");
        }
        boolean silent = isSilent(lease, properties.lease(), clock.instant());
        return new Moved(lease.holder(), silent ? awaiting(lease) : null);
    }

    /// Whether the holder of a lease should have renewed it by now: it does so after every third of the term.
    static boolean isSilent(Lease lease, Duration term, Instant now) {
        return now.isAfter(lease.until().minus(term.dividedBy(2)));
    }

    /// What is waited for.
    static String awaiting(Lease lease) {
        return "waiting for process %s, which says nothing any more: its lease runs until %s, then another process takes over"
                .formatted(lease.holder(), lease.until());
    }

    /// Who moves a table.
    ///
    /// @param worker the holder of the table's lease; null: nobody
    /// @param obstacle why it does not move, for people; null: it does
    record Moved(@Nullable String worker, @Nullable String obstacle) {}

    /// How many rows cannot be served, by table and reason; tables without any are left out.
    Map<String, Map<Reason, Long>> deadLetters() {
        Map<String, Map<Reason, Long>> counts = new LinkedHashMap<>();
        contracts.tables().forEach(table -> {
            Map<Reason, Long> letters = store.table(table).deadLettersByReason();
            if (!letters.isEmpty()) {
                counts.put(table.address(), letters);
            }
        });
        return counts;
    }
}
