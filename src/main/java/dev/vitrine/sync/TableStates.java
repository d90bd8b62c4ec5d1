package dev.vitrine.sync;

import dev.vitrine.contract.Contracts;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreFailure;
import java.util.LinkedHashMap;
import java.util.Map;

/// The state of every gold table as last written to the store, whichever process wrote it.
record TableStates(Contracts contracts, EntityStore store) {

    /// By the table's address, in the contracts' order.
    Map<String, TableState> all() {
        Map<String, TableState> states = new LinkedHashMap<>();
        contracts.tables().forEach(table -> {
            try {
                states.put(table.address(), TableState.of(store.table(table)));
            } catch (StoreFailure failure) {
                states.put(table.address(), TableState.unreadable(failure));
            }
        });
        return states;
    }
}
