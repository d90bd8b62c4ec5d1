package dev.vitrine.query.budget;

import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/// `budget` in the health endpoint. One that is spent makes it `DEGRADED`, which is no failure of the process.
record BudgetHealth(DayBudget budget) implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED", "What the store may charge today is spent");

    @Override
    public Health health() {
        Map<String, DayBudget.State> states = budget.states();
        boolean spent = states.values().stream().anyMatch(DayBudget.State::spent);
        return Health.status(spent ? DEGRADED : Status.UP).withDetails(states).build();
    }
}
