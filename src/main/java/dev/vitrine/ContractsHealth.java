package dev.vitrine;

import dev.vitrine.contract.Problem;
import dev.vitrine.contract.odcs.LiveContracts;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/// `contracts` in the health endpoint. Files that are refused make it `DEGRADED`, which is no failure of the process:
/// what was accepted before is served.
record ContractsHealth(LiveContracts contracts) implements HealthIndicator {

    private static final Status DEGRADED =
            new Status("DEGRADED", "Some contract files are refused; what was accepted of them before stays in force");

    /// How many files, or folders, something is wrong with.
    static long refusedFiles(LiveContracts contracts) {
        return contracts.refused().stream().map(Problem::file).distinct().count();
    }

    @Override
    public Health health() {
        List<Problem> refused = contracts.refused();
        Health.Builder health = Health.status(refused.isEmpty() ? Status.UP : DEGRADED);
        if (!refused.isEmpty()) {
            health.withDetail("refused", refused);
        }
        if (!contracts.waiting().isEmpty()) {
            health.withDetail("waiting", contracts.waiting());
        }
        return health.build();
    }
}
