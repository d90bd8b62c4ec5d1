package dev.vitrine.sync;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.store.EntityStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.springframework.util.unit.DataSize;

/// Workers as the application runs them, for tests that take the steps themselves.
final class Workers {

    static final SyncProperties PROPERTIES =
            new SyncProperties(4, DataSize.ofMegabytes(8), Duration.ofSeconds(1), Duration.ofSeconds(30));

    private Workers() {}

    static TableWorker worker(GoldTable table, DeltaTables tables, EntityStore store, MeterRegistry registry) {
        return TableWorker.open(
                table, tables, store, PROPERTIES, new Semaphore(4, true), registry, InstantSource.system());
    }
}
