package dev.vitrine.demo;

import dev.vitrine.contract.Contracts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Makes the sample lakehouse at the start of the process, before anybody reads it, and keeps it changing until the
/// end. Does nothing if no contract reads it.
final class LivingLakehouse implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LivingLakehouse.class);

    private final Lakehouse lakehouse;
    private final Contracts contracts;
    private final Duration every;
    private final Clock clock;
    private @Nullable ScheduledExecutorService rounds;
    private @Nullable Trickle trickle;

    LivingLakehouse(Lakehouse lakehouse, Contracts contracts, Duration every, Clock clock) {
        this.lakehouse = lakehouse;
        this.contracts = contracts;
        this.every = every;
        this.clock = clock;
    }

    /// Before the worker and the web server, which come in the last phases.
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public synchronized void start() {
        if (!lakehouse.isReadBy(contracts)) {
            return;
        }
        try {
            lakehouse.make();
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The sample lakehouse cannot be made in %s: %s. Make the folder writable or set vitrine.data"
                            .formatted(lakehouse.gold(), failure),
                    failure);
        }
        rounds = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("demo-trickle").daemon().factory());
        rounds.scheduleWithFixedDelay(this::round, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (rounds != null) {
            rounds.shutdown();
            try {
                rounds.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            rounds = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return rounds != null;
    }

    private void round() {
        try {
            if (trickle == null) {
                lakehouse.make();
                trickle = new Trickle(
                        lakehouse.open(SampleTable.CUSTOMERS), lakehouse.open(SampleTable.ORDERS), new Random(), clock);
            }
            trickle.round();
        } catch (IOException | RuntimeException failure) {
            // Whatever happened to the tables, the next round starts from what is there.
            trickle = null;
            LOG.warn("No commit to the sample lakehouse in this round: {}", failure.toString());
        }
    }
}
