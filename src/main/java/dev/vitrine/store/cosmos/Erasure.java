package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.CosmosPatchOperations;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.vitrine.store.SyncStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Removes all that is kept of a table but its control item, which knows the newest token. What is to be dropped is
/// noted first, so that a kill in between loses none of it.
record Erasure(TableControl control, Containers containers, long token) {

    /// Returns whether nothing is left.
    boolean run() {
        TableState state = control.raise(token);
        Instant now = containers.clock().instant();
        List<TableState.Retired> all = new ArrayList<>(state.retired());
        if (state.served() != null) {
            all.add(new TableState.Retired(state.served().container(), now));
        }
        if (state.building() != null) {
            all.add(new TableState.Retired(state.building().generation().container(), now));
        }
        control.change(
                token,
                CosmosPatchOperations.create()
                        .set("/served", NullNode.instance)
                        .set("/building", NullNode.instance)
                        .set("/retired", TableState.json(all))
                        .set("/status", StatusText.of(SyncStatus.unknown())));
        List<TableState.Retired> left = all.stream()
                .filter(one -> !containers.drop(one.container(), control.address()))
                .toList();
        control.change(token, CosmosPatchOperations.create().set("/retired", TableState.json(left)));
        return left.isEmpty();
    }
}
