package dev.vitrine.sla;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lease;
import dev.vitrine.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Measures while the service runs: every process keeps its requests, the one that holds a lease keeps how fresh what
/// is
/// served is. Ends after the last request.
final class LevelsClockwork implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LevelsClockwork.class);
    private static final String LEASE = "sla.freshness";
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration TIDY = Duration.ofHours(1);

    private final EntityStore store;
    private final Requests requests;
    private final Freshness freshness;
    private final FreshnessMeters meters;
    private final InstantSource clock;
    private final Duration keepEvery;
    private final String holder = "%d-%s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
    private Instant kept = Instant.MIN;
    private Instant tidied = Instant.MIN;
    private @Nullable Lease lease;
    private @Nullable ScheduledExecutorService thread;

    /// @param keepEvery how much of what was measured a kill may lose
    LevelsClockwork(
            EntityStore store,
            Requests requests,
            Freshness freshness,
            FreshnessMeters meters,
            InstantSource clock,
            Duration keepEvery) {
        this.store = store;
        this.requests = requests;
        this.freshness = freshness;
        this.meters = meters;
        this.clock = clock;
        this.keepEvery = keepEvery;
    }

    /// What is done every [#LOOK].
    synchronized void tick() {
        Instant now = clock.instant();
        freshness.look(now);
        meters.follow();
        boolean due = !kept.plus(keepEvery).isAfter(now);
        if (due) {
            kept = now;
            lease();
        }
        if (lease != null) {
            freshness.measure();
        }
        if (due) {
            keep(now);
        }
    }

    private synchronized void finish() {
        kept = Instant.MIN;
        tick();
        Lease held = lease;
        if (held != null) {
            lease = null;
            store.leases().release(held);
        }
    }

    private void keep(Instant now) {
        requests.keep(store.measurements(), now);
        if (lease != null) {
            freshness.keep();
            if (!tidied.plus(TIDY).isAfter(now)) {
                tidied = now;
                store.measurements().tidy(now);
            }
        }
        store.keepCharges();
    }

    private void lease() {
        Lease held = lease;
        Duration term = keepEvery.multipliedBy(3);
        Optional<Lease> next = held == null ? Optional.empty() : store.leases().renew(held, term);
        if (next.isEmpty() && held != null) {
            freshness.leave();
        }
        lease = next.or(() -> store.leases().acquire(LEASE, holder, term)).orElse(null);
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("levels").factory());
        clockwork.scheduleWithFixedDelay(
                () -> {
                    try {
                        tick();
                    } catch (StoreFailure away) {
                        log.warn("What was measured could not be kept, and is kept later: {}", away.getMessage());
                    } catch (RuntimeException | Error fails) {
                        // An exception would end the clockwork.
                        log.warn("Service levels could not be measured; it is tried again", fails);
                    }
                },
                0,
                LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
        thread = clockwork;
    }

    /// Keeps what was measured to the end, and lets another process go on.
    @Override
    public void stop() {
        ScheduledExecutorService clockwork;
        synchronized (this) {
            clockwork = thread;
            thread = null;
        }
        if (clockwork != null) {
            clockwork.shutdown();
            try {
                finish();
            } catch (RuntimeException lost) {
                log.warn("What was measured last could not be kept", lost);
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    /// Of the last to end: requests are counted until the web server has stopped.
    @Override
    public int getPhase() {
        return 0;
    }
}
