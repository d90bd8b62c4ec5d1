package dev.vitrine.access.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.OneRedis;
import dev.vitrine.RedisNodes;
import dev.vitrine.access.limit.LocalQuotas;
import dev.vitrine.access.limit.Taken;
import dev.vitrine.access.limit.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/// Limits of several processes, each with a connection of its own to one real Redis.
class RedisQuotasTest {

    private static final OneRedis REDIS = new OneRedis();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Window MINUTE = new Window("minute", 100, Duration.ofMinutes(1));
    private static final Window HOUR = new Window("hour", 100_000_000, Duration.ofHours(1));

    private final String owner = UUID.randomUUID().toString();
    private final List<LettuceConnectionFactory> connections = new ArrayList<>();
    private final List<RedisQuotas> all = new ArrayList<>();

    @AfterEach
    void close() {
        all.forEach(RedisQuotas::close);
        connections.forEach(LettuceConnectionFactory::destroy);
    }

    @AfterAll
    static void stop() {
        REDIS.close();
    }

    @Test
    void countsAsAProcessByItselfDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        LocalQuotas model = new LocalQuotas(() -> 1_000);
        RedisQuotas one = process();
        List<Window> windows = List.of(MINUTE, new Window("hour", 300, Duration.ofHours(1)));
        for (int step = 0; step < 300; step++) {
            long units = random.nextInt(130) == 0 ? 150 : random.nextInt(4);

            Taken expected = model.take(owner, windows, units);
            Taken taken = one.take(owner, windows, units);

            assertThat(taken.granted()).as("seed %d, step %d", seed, step).isEqualTo(expected.granted());
            assertThat(taken.remaining()).as("seed %d, step %d", seed, step).isEqualTo(expected.remaining());
            assertThat(taken.resetMillis()[0]).isBetween(1L, 60_000L);
            assertThat(taken.resetMillis()[1]).isBetween(3_500_000L, 3_600_000L);
        }
    }

    @Test
    void twoProcessesTogetherGrantWhatThereIsAndHardlyLess() throws Exception {
        RedisQuotas one = process();
        RedisQuotas two = process();
        AtomicInteger granted = new AtomicInteger();
        List<Callable<Void>> requests = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            RedisQuotas process = i % 2 == 0 ? one : two;
            requests.add(() -> {
                if (process.take(owner, List.of(MINUTE, HOUR), 1).granted()) {
                    granted.incrementAndGet();
                }
                return null;
            });
        }
        atOnce(requests);

        assertThat(granted.get()).isBetween(98, 100);
    }

    @Test
    void countsInAClusterToo() {
        LettuceConnectionFactory nodes = RedisNodes.connect();
        connections.add(nodes);
        RedisQuotas one = process(new RedisWindows(nodes, PATIENCE));
        RedisQuotas two = process(new RedisWindows(nodes, PATIENCE));
        for (int caller = 0; caller < 20; caller++) {
            int granted = 0;
            for (int i = 0; i < 110; i++) {
                granted += (i % 2 == 0 ? one : two)
                                .take(owner + caller, List.of(MINUTE, HOUR), 1)
                                .granted()
                        ? 1
                        : 0;
            }
            assertThat(granted).isBetween(98, 100);
            assertThat(one.shared() && two.shared()).isTrue();
        }
    }

    @Test
    void aSingleCallerHearsTheTruthFromEveryProcess() {
        RedisQuotas one = process();
        RedisQuotas two = process();
        for (int i = 1; i <= 100; i++) {
            Taken taken = (i % 3 == 0 ? one : two).take(owner, List.of(MINUTE), 1);
            assertThat(taken.remaining()[0]).isBetween(99L - i, 101L - i);
        }
    }

    @Test
    void aWindowBeginsAnewWhenItsTimeIsOver() throws Exception {
        RedisQuotas one = process();
        List<Window> second = List.of(new Window("second", 3, Duration.ofSeconds(1)));
        assertThat(one.take(owner, second, 3).granted()).isTrue();
        assertThat(one.take(owner, second, 1).granted()).isFalse();

        Thread.sleep(1_100);

        assertThat(one.take(owner, second, 1).granted()).isTrue();
    }

    @Test
    void aHotCallerAsksRedisSeldom() {
        AtomicInteger asked = new AtomicInteger();
        RedisWindows redis = redis();
        RedisQuotas one = process((who, windows, must, more) -> {
            asked.incrementAndGet();
            return redis.take(who, windows, must, more);
        });
        for (int i = 1; i <= 20_000; i++) {
            Taken taken = one.take(owner, List.of(HOUR), 1);
            assertThat(taken.granted()).isTrue();
            assertThat(taken.remaining()[0]).isEqualTo(100_000_000 - i);
        }
        assertThat(asked.get()).isLessThan(400);
    }

    @Test
    void whatWasTakenAheadAndNotNeededIsGivenBack() throws Exception {
        List<Window> thousands = List.of(new Window("minute", 10_000, Duration.ofMinutes(1)));
        RedisQuotas one = process();
        for (int i = 0; i < 500; i++) {
            one.take(owner, thousands, 1);
        }
        long remaining = 0;
        for (int i = 0; i < 200 && remaining != 9_500; i++) {
            Thread.sleep(50);
            remaining = process(redis()).take(owner, thousands, 0).remaining()[0];
        }

        assertThat(remaining).isEqualTo(9_500);
    }

    @Test
    void countsByItselfWhileRedisIsGoneFromWhereThingsStood() {
        AtomicLong now = new AtomicLong(1_000);
        RedisWindows redis = redis();
        AtomicInteger gone = new AtomicInteger();
        SharedWindows shaky = (who, windows, must, more) -> {
            if (gone.get() > 0) {
                gone.incrementAndGet();
                throw new RedisGone("cut", null);
            }
            return redis.take(who, windows, must, more);
        };
        RedisQuotas one = process(shaky, now);
        for (int i = 0; i < 60; i++) {
            one.take(owner, List.of(MINUTE), 1);
        }

        gone.set(1);
        int granted = 0;
        for (int i = 0; i < 200; i++) {
            granted += one.take(owner, List.of(MINUTE), 1).granted() ? 1 : 0;
        }
        assertThat(granted).isEqualTo(40);
        assertThat(one.shared()).isFalse();
        assertThat(gone.get()).as("it is not asked each time").isLessThanOrEqualTo(3);

        gone.set(0);
        now.addAndGet(1_000);
        assertThat(one.take(owner, List.of(MINUTE), 1).granted()).isTrue();
        assertThat(one.shared()).isTrue();
    }

    @Test
    void neverFailsWhileRedisStopsAndIsBackByItself() throws Exception {
        try (OneRedis own = new OneRedis()) {
            RedisQuotas one = process(new RedisWindows(connect(own.port()), Duration.ofMillis(200)));
            List<Window> windows = List.of(new Window("minute", 1_000_000, Duration.ofMinutes(1)));
            one.take(owner, windows, 1);
            own.stop();
            long longest = 0;
            for (int i = 0; i < 2_000; i++) {
                long before = System.nanoTime();
                assertThat(one.take(owner, windows, 1).granted()).isTrue();
                longest = Math.max(longest, System.nanoTime() - before);
            }
            assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(5));
            for (int i = 0; i < 100 && one.shared(); i++) {
                one.take(owner, windows, 1);
                Thread.sleep(20);
            }
            assertThat(one.shared()).isFalse();

            own.startAgain();
            for (int i = 0; i < 600 && !one.shared(); i++) {
                one.take(owner, windows, 1);
                Thread.sleep(50);
            }
            assertThat(one.shared()).isTrue();
        }
    }

    private static void atOnce(List<Callable<Void>> requests) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> request : threads.invokeAll(requests)) {
                request.get();
            }
        }
    }

    private RedisQuotas process() {
        return process(redis());
    }

    private RedisQuotas process(SharedWindows redis) {
        RedisQuotas quotas = new RedisQuotas(
                redis, new LocalQuotas(() -> System.nanoTime() / 1_000_000), () -> System.nanoTime() / 1_000_000);
        all.add(quotas);
        return quotas;
    }

    private RedisQuotas process(SharedWindows redis, AtomicLong now) {
        RedisQuotas quotas = new RedisQuotas(redis, new LocalQuotas(now::get), now::get);
        all.add(quotas);
        return quotas;
    }

    private RedisWindows redis() {
        return new RedisWindows(connect(REDIS.port()), PATIENCE);
    }

    private LettuceConnectionFactory connect(int port) {
        LettuceConnectionFactory factory =
                new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port));
        factory.afterPropertiesSet();
        factory.start();
        connections.add(factory);
        return factory;
    }
}
