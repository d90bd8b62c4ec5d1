package dev.vitrine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.Accounts;
import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.DeltaTable;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.delta.kernel.KernelTables;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long a commit takes from its last byte in Delta to a reader of the store, and what looking at tables costs of
/// which nothing is new. See the README beside.
class FreshnessBenchmark {

    private static final int COMMITS = Integer.getInteger("vitrine.bench.commits", 60);
    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(3);
    private static final int CHANGED = 100;
    private static final int IDLE_TABLES = 200;
    private static final int LOOKS = 20;

    private final DeltaTables delta = KernelTables.using(Map.of());

    @TempDir
    Path folder;

    @Test
    void servesCommitsSoonAfterTheyAreWritten() throws Exception {
        Accounts accounts = Accounts.create(folder.resolve("lake"), 20_000);
        GoldTable table = continuous(Accounts.gold(folder.resolve("lake")));
        try (EntityStore store = EmbeddedStores.openInApplication(folder.resolve("store"))) {
            SyncWorkers workers =
                    new SyncWorkers(new Tables(List.of(table)), Workers.shop(delta, store, new SimpleMeterRegistry()));
            workers.start();
            StoredTable stored = store.table(table);
            Eventually.holds(() -> stored.checkpoint().isPresent());
            List<Double> looking = new ArrayList<>();
            List<Double> announced = new ArrayList<>();
            for (int commit = 0; commit < COMMITS; commit++) {
                boolean announce = commit % 2 == 1;
                int from = commit * 7919 % (20_000 - CHANGED) + 1;
                accounts.update(from, from + CHANGED, commit);
                long written = System.nanoTime();
                long version = delta.open(table).latest().version();
                if (announce) {
                    workers.call(table.address());
                }
                while (served(stored) < version) {
                    Thread.sleep(1);
                }
                (announce ? announced : looking).add((System.nanoTime() - written) / 1e6);
                Thread.sleep(BETWEEN_COMMITS);
            }
            workers.stop();
            System.out.printf(
                    "freshness, %d commits of %d updates at 20 a minute, a look every 100 ms: p50 %.0f ms, p99 %.0f ms; announced: p50 %.0f ms, p99 %.0f ms%n",
                    COMMITS,
                    CHANGED,
                    percentile(looking, 0.5),
                    percentile(looking, 0.99),
                    percentile(announced, 0.5),
                    percentile(announced, 0.99));
        }
    }

    @Test
    void looksAtIdleTablesForTheCostOfAListing() throws Exception {
        Accounts.create(folder.resolve("lake"), 1000);
        List<Look> looks = new ArrayList<>();
        List<Path> logs = new ArrayList<>();
        try (EntityStore store = EmbeddedStores.openInApplication(folder.resolve("store"))) {
            GoldTable original = Accounts.gold(folder.resolve("lake"));
            for (int number = 0; number < IDLE_TABLES; number++) {
                Path copy = folder.resolve("lakes/" + number);
                copy(Path.of(original.location()), copy);
                GoldTable table = named(original, "t" + number, copy);
                DeltaTable opened = delta.open(table);
                Workers.worker(table, delta, store, new SimpleMeterRegistry()).step();
                looks.add(new Look(opened, store.table(table)));
                logs.add(copy.resolve("_delta_log"));
            }
            double ours = micros(looks, look -> assertThat(look.next()).isInstanceOf(Step.Nothing.class));
            double plain = micros(logs, FreshnessBenchmark::list);
            double oursAgain = micros(looks, look -> assertThat(look.next()).isInstanceOf(Step.Nothing.class));
            double plainAgain = micros(logs, FreshnessBenchmark::list);
            System.out.printf(
                    "a look at one of %d idle tables: %.0f us of CPU; listing its log and the times of its files: %.0f us; ratio %.1f%n",
                    IDLE_TABLES,
                    Math.min(ours, oursAgain),
                    Math.min(plain, plainAgain),
                    Math.min(ours, oursAgain) / Math.min(plain, plainAgain));
        }
    }

    private interface Work<T> {
        void on(T item) throws IOException;
    }

    /// CPU of this thread for each, after a round to warm up.
    private static <T> double micros(List<T> items, Work<T> work) throws IOException {
        for (T item : items) {
            work.on(item);
        }
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int round = 0; round < LOOKS; round++) {
            for (T item : items) {
                work.on(item);
            }
        }
        long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return (after - before) / 1e3 / LOOKS / items.size();
    }

    private static void list(Path log) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(log)) {
            for (Path file : files) {
                Files.getLastModifiedTime(file);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.createDirectories(to);
                Path copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(file, copied);
                }
            }
        }
    }

    private static GoldTable continuous(GoldTable table) {
        return changed(table, table.name(), table.location(), Duration.ofMillis(500));
    }

    private static GoldTable named(GoldTable table, String name, Path location) {
        return changed(table, name, location.toString(), table.pace());
    }

    private static GoldTable changed(GoldTable table, String name, String location, Duration pace) {
        return new GoldTable(
                table.product(),
                name,
                location,
                table.columns(),
                table.key(),
                table.indexed(),
                table.sorts(),
                table.maxDeleteShare(),
                pace,
                null);
    }

    private static long served(StoredTable stored) {
        return stored.checkpoint().orElseThrow().revision().version();
    }

    private static double percentile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }

    private record Tables(List<GoldTable> tables) implements Contracts {

        @Override
        public List<DataProduct> products() {
            return List.of();
        }
    }
}
