package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.OneRedis;
import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import dev.vitrine.store.cosmos.server.CosmosServer;
import dev.vitrine.store.cosmos.server.Fault;
import dev.vitrine.store.redis.TestRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes on one Redis and one Cosmos server, under load and continuous commits, while what they depend on
/// fails: no answer is wrong or older than promised, none fails but the stated ones, and all goes on by itself.
///
/// One process of each kind and three faults; with `-Pchaos` two of each, all faults, and kills.
class ChaosTest {

    private static final boolean LONG = Boolean.getBoolean("vitrine.chaos");
    private static final int KEYS = 20;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("vitrine.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicBoolean done = new AtomicBoolean();
    private final List<AutoCloseable> parts = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        done.set(true);
        for (AutoCloseable part : parts.reversed()) {
            part.close();
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        parts.add(part);
        return part;
    }

    @Test
    void nothingWrongIsServedWhateverFails() throws Exception {
        System.out.println("seed " + seed);
        TestRedis.port();
        OneRedis redis = closing(new OneRedis());
        CosmosServer cosmos = closing(CosmosServer.start());
        Path things = folder.resolve("lake").resolve("things");
        Files.createDirectories(things.getParent());
        DeltaWriter table = DeltaWriter.create(things, "id bigint not null, label string", List.of("id"));
        ChaosHistory history = new ChaosHistory(KEYS);
        commit(table, history, true);
        ChaosService service = closing(new ChaosService(folder, cosmos.endpoint(), redis.port()));
        int each = LONG ? 2 : 1;
        for (int i = 0; i < each; i++) {
            service.start("sync");
            service.start("serve");
        }
        service.awaitServing();
        Thread writer = closing(new Loop(() -> commit(table, history, false))).thread;
        Thread watcher = closing(new Loop(() -> {
                    history.served(servedVersion(cosmos));
                    Thread.sleep(10);
                }))
                .thread;
        ChaosChecker checker = closing(new ChaosChecker(service, history));
        assertThat(List.of(writer, watcher)).allMatch(Thread::isAlive);
        checker.calmFor(Duration.ofSeconds(1));

        redis.pause(Duration.ofSeconds(LONG ? 10 : 2));
        checker.calmFor(Duration.ofSeconds(LONG ? 15 : 3));

        cosmos.faults().add(Fault.throttled(Duration.ofMillis(5)).chance(0.5));
        checker.calmFor(Duration.ofSeconds(LONG ? 15 : 2));
        cosmos.faults().clear();

        checker.allowUnavailable(true);
        cosmos.faults().add(Fault.cut());
        Thread.sleep(LONG ? 30_000 : 3_500);
        cosmos.faults().clear();
        checker.recoversWithin(Duration.ofSeconds(30));
        checker.allowUnavailable(false);
        checker.calmFor(Duration.ofSeconds(1));

        if (LONG) {
            redis.stop();
            checker.calmFor(Duration.ofSeconds(10));
            redis.startAgain();
            checker.calmFor(Duration.ofSeconds(5));
            for (String role : List.of("sync", "serve", "sync", "serve")) {
                service.killOne(role);
                checker.calmFor(Duration.ofSeconds(20));
                service.start(role);
                checker.calmFor(Duration.ofSeconds(15));
            }
        }
        checker.seesThat(history.newest());
        System.out.println(checker.summary());
        assertThat(checker.wrong()).as("seed %d", seed).isEmpty();
        assertThat(checker.stale()).as("answers while Cosmos DB was cut off").isPositive();
    }

    private void commit(DeltaWriter table, ChaosHistory history, boolean first) throws Exception {
        long version = history.newest() + 1;
        List<Row> inserted = new ArrayList<>();
        List<Row> updated = new ArrayList<>();
        for (long key = 0; key < KEYS; key++) {
            if (first || random.nextInt(5) == 0) {
                String label = key + " at " + version;
                history.writes(key, version, label);
                (first ? inserted : updated).add(Row.of("id", key, "label", label));
            }
        }
        table.commit(new Changes(inserted, updated, List.of()));
        history.committed(version);
        Thread.sleep(first ? 0 : 100 + random.nextInt(200));
    }

    /// By the control item itself, whatever goes wrong on the way to it.
    private static long servedVersion(CosmosServer cosmos) {
        return cosmos.documents().stream()
                .filter(document -> document.contains("\"address\":\"chaos/things\""))
                .map(Reply.JSON::readTree)
                .mapToLong(
                        item -> item.path("served").path("at").path("version").asLong(-1))
                .max()
                .orElse(-1);
    }

    private interface Task {
        void run() throws Exception;
    }

    /// Does the same again and again until all is done.
    private final class Loop implements AutoCloseable {

        private final Thread thread;

        private Loop(Task task) {
            thread = Thread.ofPlatform().start(() -> {
                while (!done.get()) {
                    try {
                        task.run();
                    } catch (InterruptedException e) {
                        return;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
        }

        @Override
        public void close() {
            done.set(true);
            thread.interrupt();
        }
    }
}
