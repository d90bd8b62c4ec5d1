package dev.vitrine.sync;

import dev.vitrine.delta.DeltaTables;
import dev.vitrine.store.EntityStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/// What the workers of a process share.
///
/// @param turns how many tables may be loaded at the same time
record Workshop(
        DeltaTables deltaTables,
        EntityStore store,
        SyncProperties properties,
        Semaphore turns,
        MeterRegistry registry,
        InstantSource clock) {

    Workshop(
            DeltaTables deltaTables,
            EntityStore store,
            SyncProperties properties,
            MeterRegistry registry,
            InstantSource clock) {
        this(deltaTables, store, properties, new Semaphore(properties.rebuilds(), true), registry, clock);
    }

    /// Bytes of one table that may lie between reading and writing.
    long readAhead() {
        return properties.readAhead().toBytes();
    }
}
