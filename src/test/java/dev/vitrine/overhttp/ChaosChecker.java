package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Asks all the time and compares each answer with what was committed.
final class ChaosChecker implements AutoCloseable {

    private static final int THREADS = 2;
    private static final long PAUSE_MILLIS = 5;

    /// The promise is a second; the rest is the way of an answer through a machine with few processors.
    private static final Duration BEHIND = Duration.ofMillis(2500);

    private static final Duration STALE = Duration.ofMinutes(5);

    private final ChaosService service;
    private final ChaosHistory history;
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong unavailable = new AtomicLong();
    private final AtomicLong behind = new AtomicLong();
    private final AtomicLong good = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running = true;
    private volatile boolean unavailableAllowed;

    ChaosChecker(ChaosService service, ChaosHistory history) {
        this.service = service;
        this.history = history;
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(this::run));
        }
    }

    private void run() {
        while (running) {
            int door = ThreadLocalRandom.current().nextInt(1000);
            long key = ThreadLocalRandom.current().nextLong(history.keys());
            boolean allowed = unavailableAllowed;
            int doors = service.doors();
            long asked = System.nanoTime();
            try {
                check(service.get(door, key), key, asked, allowed || unavailableAllowed);
                Thread.sleep(PAUSE_MILLIS);
            } catch (IOException e) {
                // a process that was killed in the middle of it
                if (doors == service.doors() && !allowed && !unavailableAllowed && doors == 1) {
                    wrong.add("no answer: " + e);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void check(HttpResponse<String> answer, long key, long asked, boolean unavailableAllowed) {
        answers.incrementAndGet();
        if (answer.statusCode() == 503) {
            unavailable.incrementAndGet();
            if (!unavailableAllowed
                    || answer.headers().firstValue("Retry-After").isEmpty()) {
                wrong.add("503: " + answer.body());
            }
            return;
        }
        if (answer.statusCode() != 200) {
            wrong.add(answer.statusCode() + ": " + answer.body());
            return;
        }
        good.incrementAndGet();
        long version = answer.headers().firstValueAsLong("Delta-Table-Version").orElse(-1);
        String label = Reply.JSON.readTree(answer.body()).path("label").asString();
        if (!history.fits(key, version, label)) {
            wrong.add("key %d at version %d was %s".formatted(key, version, label));
        }
        long age = answer.headers().firstValueAsLong("Age").orElse(0);
        long late = age > 0 ? 0 : history.behind(version, asked);
        behind.accumulateAndGet(late, Math::max);
        if (age > 0) {
            stale.incrementAndGet();
        }
        if (age > STALE.toSeconds() || late > BEHIND.toNanos()) {
            wrong.add("version %d with age %d while %d was served".formatted(version, age, history.newest()));
        }
    }

    /// Lets it go on for a while, in which nothing may go wrong.
    void calmFor(Duration time) throws InterruptedException {
        long before = good.get();
        Thread.sleep(time);
        assertThat(wrong).isEmpty();
        assertThat(good.get()).as("answers").isGreaterThan(before);
    }

    /// Whether the service may say for now that it cannot answer.
    void allowUnavailable(boolean allowed) {
        unavailableAllowed = allowed;
    }

    /// Waits until every answer is a good one and a new version is served.
    void recoversWithin(Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        seesThat(history.newest() + 1, deadline);
        long before;
        do {
            assertThat(System.nanoTime()).as("it recovers").isLessThan(deadline);
            before = unavailable.get() + stale.get();
            Thread.sleep(1000);
        } while (unavailable.get() + stale.get() > before);
    }

    /// Waits until that version is served everywhere.
    void seesThat(long version) throws InterruptedException {
        seesThat(version, System.nanoTime() + Duration.ofSeconds(60).toNanos());
    }

    private void seesThat(long version, long deadline) throws InterruptedException {
        for (int door = 0; door < service.doors(); door++) {
            while (served(door) < version) {
                assertThat(System.nanoTime())
                        .as("version %d is served", version)
                        .isLessThan(deadline);
                Thread.sleep(50);
            }
        }
    }

    private long served(int door) throws InterruptedException {
        try {
            return service.get(door, 0)
                    .headers()
                    .firstValueAsLong("Delta-Table-Version")
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    long stale() {
        return stale.get();
    }

    String summary() {
        return "%d answers, %d of them stale and saying so, %d unavailable, others at most %d ms behind; %d commits"
                .formatted(
                        answers.get(),
                        stale.get(),
                        unavailable.get(),
                        Duration.ofNanos(behind.get()).toMillis(),
                        history.newest());
    }

    @Override
    public void close() {
        running = false;
        threads.forEach(Thread::interrupt);
    }
}
