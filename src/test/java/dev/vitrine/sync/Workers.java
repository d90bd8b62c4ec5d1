package dev.vitrine.sync;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lease;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.util.unit.DataSize;

/// Workers as the application runs them, for tests that take the steps themselves.
final class Workers {

    static final SyncProperties PROPERTIES = properties(0.01);

    /// With any number of dead letters.
    static final SyncProperties PATIENT = properties(1);

    private Workers() {}

    private static SyncProperties properties(double maxDeadLetterShare) {
        return new SyncProperties(
                4,
                DataSize.ofMegabytes(8),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                maxDeadLetterShare,
                Duration.ofDays(30),
                Duration.ofMinutes(5));
    }

    static Workshop shop(DeltaTables tables, EntityStore store, MeterRegistry registry) {
        return new Workshop(tables, store, PROPERTIES, registry, InstantSource.system());
    }

    static TableWorker worker(GoldTable table, DeltaTables tables, EntityStore store, MeterRegistry registry) {
        return worker(table, table, shop(tables, store, registry));
    }

    /// @param inForce the form of the table that readers see
    static TableWorker worker(GoldTable wanted, GoldTable inForce, Workshop shop) {
        Lease lease = shop.store()
                .leases()
                .acquire(wanted.address(), "test", Duration.ofDays(1))
                .orElseThrow();
        return new TableWorker(wanted, () -> Optional.of(inForce), lease.token(), shop);
    }
}
