package dev.vitrine.sync;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.store.EntityStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Runs a [TableWorker] for every gold table of the contracts, each on a thread of its own, so that a slow or broken
/// table keeps no other waiting.
final class SyncWorkers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SyncWorkers.class);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(2);

    private final Contracts contracts;
    private final DeltaTables deltaTables;
    private final EntityStore store;
    private final SyncProperties properties;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Semaphore turns;
    private final Map<GoldTable, Thread> threads = new HashMap<>();
    private @Nullable Thread following;
    private volatile boolean running;

    SyncWorkers(
            Contracts contracts,
            DeltaTables deltaTables,
            EntityStore store,
            SyncProperties properties,
            MeterRegistry registry,
            InstantSource clock) {
        this.contracts = contracts;
        this.deltaTables = deltaTables;
        this.store = store;
        this.properties = properties;
        this.registry = registry;
        this.clock = clock;
        this.turns = new Semaphore(properties.rebuilds(), true);
    }

    @Override
    public void start() {
        running = true;
        assign();
        following = Thread.ofPlatform().daemon().name("sync").start(this::followContracts);
    }

    /// Ends all workers, also in the middle of a rebuild, which is not resumed but begun anew by the next process.
    @Override
    public void stop() {
        running = false;
        if (following != null) {
            following.interrupt();
        }
        end(Set.copyOf(threads.keySet()));
    }

    private void followContracts() {
        try {
            while (running) {
                Thread.sleep(1000);
                assign();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// One worker for every table as the newest contracts want it.
    private synchronized void assign() {
        List<GoldTable> wanted = contracts.wanted();
        Set<GoldTable> gone = new HashSet<>(threads.keySet());
        wanted.forEach(gone::remove);
        end(gone);
        for (GoldTable table : wanted) {
            threads.computeIfAbsent(
                    table,
                    added -> Thread.ofPlatform()
                            .daemon()
                            .name("sync-" + added.address())
                            .start(() -> follow(added)));
        }
    }

    private synchronized void end(Set<GoldTable> tables) {
        tables.forEach(
                table -> threads.getOrDefault(table, Thread.currentThread()).interrupt());
        long deadline = System.nanoTime() + STOPS_WITHIN.toNanos();
        for (GoldTable table : tables) {
            Thread thread = threads.remove(table);
            if (thread != null && !endsUntil(deadline, thread)) {
                log.warn("{} is still busy and is left behind; nothing half done is served", thread.getName());
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void follow(GoldTable table) {
        Pace pace = new Pace(table, properties);
        TableWorker worker = null;
        while (running && !Thread.currentThread().isInterrupted()) {
            try {
                Duration rest;
                try {
                    worker = worker == null
                            ? TableWorker.open(table, deltaTables, store, properties, turns, registry, clock)
                            : worker;
                    rest = worker.step();
                } catch (RuntimeException | Error storeFails) {
                    log.error("{}: its state cannot be kept; it is tried again", table.address(), storeFails);
                    rest = pace.untilRetry();
                }
                Thread.sleep(rest);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private static boolean endsUntil(long deadline, Thread thread) {
        try {
            return thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
