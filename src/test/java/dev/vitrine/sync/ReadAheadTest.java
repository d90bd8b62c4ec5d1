package dev.vitrine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReadAheadTest {

    @Test
    void keepsTheOrderOfTheSource() throws Exception {
        List<Integer> taken = new ArrayList<>();
        try (ReadAhead<Integer> items = reading(sink -> produce(sink, 10_000), 50)) {
            for (Optional<Integer> next = items.next(); next.isPresent(); next = items.next()) {
                taken.add(next.get());
            }
        }
        assertThat(taken).hasSize(10_000).isSorted();
    }

    @Test
    void letsTheSourceWaitWhileEnoughLiesReady() throws Exception {
        AtomicInteger produced = new AtomicInteger();
        try (ReadAhead<Integer> items = reading(sink -> produceForever(sink, produced), 5)) {
            items.next();
            Thread.sleep(100);

            assertThat(produced).hasValueLessThanOrEqualTo(7);
        }
    }

    @Test
    void letsAnItemPassThatIsHeavierThanAllThatMayLieReady() throws Exception {
        try (ReadAhead<Integer> items = new ReadAhead<>("test", sink -> produce(sink, 3), item -> 1_000, 5)) {
            assertThat(items.next()).contains(0);
            assertThat(items.next()).contains(1);
            assertThat(items.next()).contains(2);
            assertThat(items.next()).isEmpty();
        }
    }

    @Test
    void throwsWhatTheSourceThrewAfterTheItemsBeforeIt() throws Exception {
        try (ReadAhead<Integer> items = reading(
                sink -> {
                    produce(sink, 1);
                    throw new IllegalStateException("file is corrupt");
                },
                5)) {
            assertThat(items.next()).contains(0);
            assertThatThrownBy(items::next).hasMessage("file is corrupt");
        }
    }

    @Test
    void passesOnAnErrorInsteadOfWaitingForever() throws Exception {
        try (ReadAhead<Integer> items = reading(
                sink -> {
                    throw new NoClassDefFoundError("connector");
                },
                5)) {
            assertThatThrownBy(items::next).isInstanceOf(NoClassDefFoundError.class);
        }
    }

    @Test
    void waitsAtTheEndUntilTheSourceHasClosedWhatItReads() {
        AtomicBoolean closed = new AtomicBoolean();
        ReadAhead<Integer> items = reading(
                sink -> {
                    produceForever(sink, new AtomicInteger());
                    closed.set(true);
                },
                5);

        items.close();

        assertThat(closed).isTrue();
    }

    @Test
    void endsASourceThatHangs() {
        ReadAhead<Integer> items = reading(
                sink -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException stopped) {
                        throw new IllegalStateException(stopped);
                    }
                },
                5);

        items.close();
    }

    @Test
    void letsTheTakerBeInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread taker = Thread.ofPlatform().start(() -> {
            try (ReadAhead<Integer> items = reading(sink -> pause(), 5)) {
                items.next();
            } catch (InterruptedException stopped) {
                interrupted.countDown();
            }
        });

        taker.interrupt();

        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        taker.join();
    }

    private static void produce(Predicate<Integer> sink, int count) {
        boolean wanted = true;
        for (int item = 0; wanted && item < count; item++) {
            wanted = sink.test(item);
        }
    }

    private static void produceForever(Predicate<Integer> sink, AtomicInteger produced) {
        boolean wanted = true;
        while (wanted) {
            wanted = sink.test(produced.incrementAndGet());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static ReadAhead<Integer> reading(ReadAhead.Source<Integer> source, long capacity) {
        return new ReadAhead<>("test", source, item -> 1, capacity);
    }
}
