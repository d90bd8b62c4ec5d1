package dev.vitrine.sync;

import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/// `tables` in the health endpoint. A table that is not followed makes it `DEGRADED`, which is no failure of the
/// process: the others are served, so the whole stays up and answers 200.
record TablesHealth(TableStates states) implements HealthIndicator {

    private static final Status DEGRADED =
            new Status("DEGRADED", "Some tables are not up to date; the process serves what it has");

    @Override
    public Health health() {
        Map<String, TableState> all = states.all();
        boolean healthy = all.values().stream().allMatch(TableState::healthy);
        return Health.status(healthy ? Status.UP : DEGRADED).withDetails(all).build();
    }
}
