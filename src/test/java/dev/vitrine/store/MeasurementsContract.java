package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.store.Measured.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store promises about measurements.
public abstract class MeasurementsContract {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final TestClock clock = new TestClock();
    private EntityStore store;

    /// As in [StoreFixture#open].
    protected abstract EntityStore open(Clock clock) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open(clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void whatIsMeasuredInTheSameStepAddsUpAndTheWorstStays() {
        add(measured("shop", Step.MINUTE, NOON.plusSeconds(3), 1.5, 10, 1));
        add(measured("shop", Step.MINUTE, NOON.plusSeconds(59), 0.5, 5, 0, 7));
        add(measured("shop", Step.MINUTE, NOON.plusSeconds(60), 0, 1, 0));

        assertThat(store.measurements().of("shop", Step.MINUTE, NOON))
                .containsExactly(
                        measured("shop", Step.MINUTE, NOON, 1.5, 15, 1, 7),
                        measured("shop", Step.MINUTE, NOON.plusSeconds(60), 0, 1, 0));
    }

    @Test
    void subjectsAndStepsAreKeptApart() {
        add(
                measured("shop/a b", Step.MINUTE, NOON, 0, 1),
                measured("shop/a/b", Step.MINUTE, NOON, 0, 2),
                measured("shop/a b", Step.HOUR, NOON, 0, 3));

        assertThat(store.measurements().of("shop/a b", Step.MINUTE, NOON))
                .containsExactly(measured("shop/a b", Step.MINUTE, NOON, 0, 1));
        assertThat(store.measurements().of("shop/a b", Step.HOUR, NOON))
                .containsExactly(measured("shop/a b", Step.HOUR, NOON, 0, 3));
        assertThat(store.measurements().of("others", Step.MINUTE, NOON)).isEmpty();
    }

    @Test
    void onlyWhatIsAskedForIsTold() {
        for (int minute = 0; minute < 90; minute++) {
            add(measured("shop", Step.MINUTE, NOON.plus(Duration.ofMinutes(minute)), 0, minute));
        }

        assertThat(store.measurements().of("shop", Step.MINUTE, NOON.plus(Duration.ofMinutes(58))))
                .hasSize(32)
                .extracting(measured -> measured.count(0))
                .isSorted()
                .startsWith(58L);
    }

    @Test
    void processesAddToTheSameSteps() throws Exception {
        try (EntityStore other = open(clock)) {
            List<Thread> processes = new ArrayList<>();
            for (EntityStore process : List.of(store, other)) {
                processes.add(Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 20; i++) {
                        process.measurements().add(List.of(measured("shop", Step.HOUR, NOON, i, 1, 2)));
                    }
                }));
            }
            for (Thread process : processes) {
                process.join();
            }
            assertThat(other.measurements().of("shop", Step.HOUR, NOON))
                    .containsExactly(measured("shop", Step.HOUR, NOON, 19, 40, 80));
        }
    }

    @Test
    void stepsAreForgottenWhenTheirTimeIsOver() {
        for (Step step : Step.values()) {
            add(measured("shop", step, NOON, 0, 1));
        }
        store.measurements().tidy(NOON.plus(Duration.ofHours(24)));
        assertThat(store.measurements().of("shop", Step.MINUTE, NOON)).hasSize(1);

        store.measurements().tidy(NOON.plus(Duration.ofHours(27)));
        assertThat(store.measurements().of("shop", Step.MINUTE, NOON)).isEmpty();
        assertThat(store.measurements().of("shop", Step.HOUR, NOON)).hasSize(1);

        store.measurements().tidy(NOON.plus(Duration.ofDays(33)));
        assertThat(store.measurements().of("shop", Step.HOUR, NOON)).isEmpty();
    }

    private void add(Measured... measured) {
        store.measurements().add(List.of(measured));
    }

    private static Measured measured(String subject, Step step, Instant at, double worst, long... counts) {
        List<Long> list = new ArrayList<>();
        for (long count : counts) {
            list.add(count);
        }
        return new Measured(subject, step, at, list, worst);
    }
}
