package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.CosmosPatchOperations;
import dev.vitrine.store.KeptValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Removes what is not needed any more of a table.
record Tidying(CosmosWriter writer, Instant lettersBefore) {

    /// Readers of other processes may be at the generation before for a moment.
    private static final Duration RETIRED_KEPT = Duration.ofMinutes(5);

    private static final Duration UNFINISHED_KEPT = Duration.ofMinutes(10);

    void run() {
        TableState state = writer.control().required(writer.token());
        dropRetired(state);
        Building building = state.building();
        if (building != null && !writer.isRebuilding() && isBefore(building.at(), UNFINISHED_KEPT)) {
            writer.throwAway(building);
        }
        if (state.served() != null) {
            dismissOld();
        }
    }

    private boolean isBefore(Instant then, Duration ago) {
        return then.isBefore(writer.containers().clock().instant().minus(ago));
    }

    private void dropRetired(TableState state) {
        List<TableState.Retired> left = new ArrayList<>();
        for (TableState.Retired retired : state.retired()) {
            boolean dropped = isBefore(retired.since(), RETIRED_KEPT)
                    && writer.containers()
                            .drop(retired.container(), writer.gold().address());
            if (!dropped) {
                left.add(retired);
            }
        }
        if (left.size() < state.retired().size()) {
            writer.control()
                    .change(writer.token(), CosmosPatchOperations.create().set("/retired", TableState.json(left)));
        }
    }

    private void dismissOld() {
        while (true) {
            Generation served = writer.served();
            List<Long> old = new Letters(
                            writer.table().container(served), served.at().session())
                    .seenBefore(KeptValues.micros(lettersBefore));
            if (old.isEmpty()) {
                return;
            }
            writer.dismiss(old);
        }
    }
}
