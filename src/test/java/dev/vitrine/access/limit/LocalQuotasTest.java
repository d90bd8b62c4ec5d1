package dev.vitrine.access.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LocalQuotasTest {

    private static final Window BURST = new Window("burst", 5, Duration.ofSeconds(1));
    private static final Window MINUTE = new Window("minute", 12, Duration.ofMinutes(1));
    private static final List<Window> BOTH = List.of(BURST, MINUTE);

    private long now = 1_000_000;
    private final LocalQuotas quotas = new LocalQuotas(() -> now);

    @Test
    void takesOfAllWindowsOrOfNone() {
        assertThat(take(5)).isEqualTo("granted 0/1000 7/60000");
        assertThat(take(1)).isEqualTo("refused 0/1000 7/60000");
        now += 400;
        assertThat(take(1)).isEqualTo("refused 0/600 7/59600");
        now += 600;
        assertThat(take(4)).isEqualTo("granted 1/1000 3/59000");
        now += 1_000;
        assertThat(take(4)).isEqualTo("refused 5/1000 3/58000");
        assertThat(take(3)).isEqualTo("granted 2/1000 0/58000");
        now += 58_000;
        assertThat(take(1)).isEqualTo("granted 4/1000 11/60000");
    }

    @Test
    void nothingTakenTellsHowThingsStandAndBeginsNoWindow() {
        assertThat(take(0)).isEqualTo("granted 5/1000 12/60000");
        now += 30_000;
        assertThat(take(2)).isEqualTo("granted 3/1000 10/60000");
        assertThat(take(0)).isEqualTo("granted 3/1000 10/60000");
    }

    @Test
    void workThatCostsMoreThanThereEverIsTakesAllOfIt() {
        assertThat(take(9)).isEqualTo("granted 0/1000 3/60000");
    }

    @Test
    void ownersDoNotShare() {
        quotas.take("ada", BOTH, 5);

        assertThat(quotas.take("bob", BOTH, 5).granted()).isTrue();
        assertThat(quotas.take("ada", BOTH, 1).granted()).isFalse();
    }

    @Test
    void goesOnFromWhatIsKnown() {
        quotas.begin("one", BOTH, new Taken(true, new long[] {2, 7}, new long[] {300, 20_000}));

        assertThat(take(1)).isEqualTo("granted 1/300 6/20000");
        now += 300;
        assertThat(take(1)).isEqualTo("granted 4/1000 5/19700");
    }

    @Test
    void manyAtOnceGetWhatThereIsAndNotOneMore() throws Exception {
        Window window = new Window("minute", 1_000, Duration.ofMinutes(1));
        List<Callable<Long>> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            callers.add(() -> {
                long granted = 0;
                for (int i = 0; i < 500; i++) {
                    granted += quotas.take("one", List.of(window), 1).granted() ? 1 : 0;
                }
                return granted;
            });
        }
        long granted = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Long> caller : threads.invokeAll(callers)) {
                granted += caller.get();
            }
        }
        assertThat(granted).isEqualTo(1_000);
    }

    @Test
    void neverGrantsMoreThanAWindowHoldsFromItsFirstUnitOn() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long begun = Long.MIN_VALUE;
        long used = 0;
        for (int step = 0; step < 10_000; step++) {
            now += random.nextInt(200);
            if (now >= begun + 1_000) {
                used = 0;
            }
            long units = 1 + random.nextInt(3);
            boolean expected = used + units <= 5;
            boolean granted = quotas.take("one", List.of(BURST), units).granted();
            assertThat(granted).as("seed %d, step %d", seed, step).isEqualTo(expected);
            if (granted) {
                begun = used == 0 ? now : begun;
                used += units;
            }
        }
    }

    private String take(long units) {
        Taken taken = quotas.take("one", BOTH, units);
        return "%s %d/%d %d/%d"
                .formatted(
                        taken.granted() ? "granted" : "refused",
                        taken.remaining()[0],
                        taken.resetMillis()[0],
                        taken.remaining()[1],
                        taken.resetMillis()[1]);
    }
}
