package dev.vitrine.sync;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lease;
import dev.vitrine.store.StoreFailure;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// The state of every gold table as last written to the store, whichever process wrote it.
record TableStates(Contracts contracts, EntityStore store, InstantSource clock) {

    /// By the table's address, in the contracts' order.
    Map<String, TableState> all() {
        Map<String, TableState> states = new LinkedHashMap<>();
        contracts.tables().forEach(table -> states.put(table.address(), of(table)));
        return states;
    }

    /// Of one table.
    TableState of(GoldTable table) {
        try {
            String worker =
                    store.leases().current(table.address()).map(Lease::holder).orElse(null);
            return TableState.of(store.table(table), worker, clock.instant());
        } catch (StoreFailure failure) {
            return TableState.unreadable(failure);
        }
    }

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
