package dev.vitrine;

import dev.vitrine.contract.odcs.LiveContracts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Keeps looking at the folder of contracts, and at the store while an edit waits for it.
final class ContractsWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ContractsWatch.class);

    /// Two looks must agree, so an edit comes into force after two seconds at most.
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final Duration WHILE_WAITING = Duration.ofMillis(200);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(2);

    private final LiveContracts contracts;
    private final ContractsNews news;
    private @Nullable Thread thread;
    private String failure = "";

    ContractsWatch(LiveContracts contracts) {
        this.contracts = contracts;
        this.news = new ContractsNews(contracts);
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofPlatform().daemon().name("contracts").start(this::watch);
    }

    /// Waits until the store is left alone.
    @Override
    public synchronized void stop() {
        Thread watching = thread;
        thread = null;
        if (watching != null) {
            watching.interrupt();
            try {
                watching.join(STOPS_WITHIN);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void watch() {
        try {
            while (true) {
                attempt(contracts::look);
                restUntilNextLook();
            }
        } catch (InterruptedException stopped) {
            // the end of the thread is all there is to do
        }
    }

    private void restUntilNextLook() throws InterruptedException {
        long next = System.nanoTime() + BETWEEN_LOOKS.toNanos();
        for (long left = BETWEEN_LOOKS.toNanos(); left > 0; left = next - System.nanoTime()) {
            attempt(contracts::settle);
            Thread.sleep(
                    Duration.ofNanos(contracts.waiting().isEmpty() ? left : Math.min(left, WHILE_WAITING.toNanos())));
        }
    }

    private void attempt(Runnable step) {
        try {
            step.run();
            news.say();
            failure = "";
        } catch (RuntimeException e) {
            if (!failure.equals(e.toString())) {
                log.error("The contracts cannot be looked after; what is in force stays, and it is tried again", e);
            }
            failure = e.toString();
        }
    }
}
