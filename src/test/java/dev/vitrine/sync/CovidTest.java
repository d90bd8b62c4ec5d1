package dev.vitrine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import dev.vitrine.store.Answer;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A million rows, in processes of their own: with little memory, and killed again and again. `./mvnw -Plong verify`.
@EnabledIfSystemProperty(named = "vitrine.long", matches = "true")
class CovidTest {

    private static final int KILLS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final ReadBudget UNBOUNDED = new ReadBudget(Long.MAX_VALUE, PATIENCE);
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path folder;

    @RegisterExtension
    private final SyncProcesses processes = new SyncProcesses();

    private final SparkTable spark = SparkTable.covid();
    private final GoldTable gold = spark.at(spark.truth());

    @Test
    void isLoadedWithin256Megabytes() throws Exception {
        Path store = folder.resolve("store");
        long before = System.nanoTime();
        Process process = start(store, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
        untilServed(process, store);
        long took = System.nanoTime() - before;
        SyncProcesses.kill(process);

        System.out.printf(
                "covid_nyt with -Xmx256m: served %.1f s after the start of the process%n%s",
                took / 1e9, Files.readString(SyncProcess.log(store)));
        compareWithTruth(store);
    }

    /// The table is empty, then all rows are inserted by one commit, then all are written anew by one, which is more
    /// than
    /// two million changed rows; the last would remove all.
    @Test
    void commitsOfMillionsOfRowsAreFollowedWithin256Megabytes() throws Exception {
        CovidLog log = new CovidLog(folder.resolve("lake"));
        log.create();
        Path store = folder.resolve("store");
        Process process =
                processes.start(store, Map.of(spark.name(), log.table()), "-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
        until(process, store, () -> version(store) == 0);

        long inserted = seconds(() -> {
            log.insert();
            until(process, store, () -> version(store) == 1);
        });
        compareWithTruth(store);
        long rewritten = seconds(() -> {
            log.overwrite();
            until(process, store, () -> version(store) == 2);
        });
        long held = seconds(() -> {
            log.delete();
            until(process, store, () -> status(store).hold() != null);
        });
        System.out.printf(
                "with -Xmx256m: %,d inserts in one commit %d s; %,d changes in one commit %d s; %,d deletes held after %d s; %s%n",
                log.rows(), inserted, 2 * log.rows(), rewritten, log.rows(), held, peak(process));
        assertThat(version(store)).isEqualTo(2);
        SyncProcesses.kill(process);

        compareWithTruth(store);
    }

    /// Something that takes long.
    private interface Work {
        void run() throws Exception;
    }

    private static long seconds(Work work) throws Exception {
        long before = System.nanoTime();
        work.run();
        return (System.nanoTime() - before) / 1_000_000_000;
    }

    /// Memory of the whole process, as Linux counts it.
    private static String peak(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/%d/status".formatted(process.pid()))).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("peak unknown");
    }

    @Test
    void isNeverServedInPartHoweverOftenItsLoadIsKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int whole = 0;
        Path store = folder.resolve("store");
        long before = System.nanoTime();
        Process first = start(folder.resolve("unharmed"));
        untilServed(first, folder.resolve("unharmed"));
        int normally = (int) ((System.nanoTime() - before) / 1_000_000);
        SyncProcesses.kill(first);
        for (int round = 1; round <= KILLS; round++) {
            Process process = start(store);
            Thread.sleep(random.nextInt(normally * 5 / 4));
            SyncStatus at = status(store);
            SyncProcesses.kill(process);
            boolean served = isServed(store);
            System.out.printf(
                    "kill %d: %s, %d rows, served: %b%n",
                    round, at.state(), at.load() == null ? 0 : at.load().rows(), served);
            if (served) {
                whole++;
                compareWithTruth(store);
                store = folder.resolve("store" + round);
            }
        }
        Process last = start(store);
        untilServed(last, store);
        SyncProcesses.kill(last);
        compareWithTruth(store);
        System.out.printf("killed %d times, seed %d, of these %d after the swap%n", KILLS, seed, whole);
    }

    private Process start(Path store, String... jvmArguments) throws IOException {
        return processes.start(store, Map.of(spark.name(), spark.truth()), jvmArguments);
    }

    private void untilServed(Process process, Path store) throws Exception {
        until(process, store, () -> isServed(store));
    }

    private static void until(Process process, Path store, BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(process.isAlive()).as(() -> output(store)).isTrue();
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    private boolean isServed(Path folder) {
        try (EntityStore store = EmbeddedStores.open(folder)) {
            return store.table(gold).checkpoint().isPresent();
        }
    }

    private long version(Path folder) {
        try (EntityStore store = EmbeddedStores.open(folder)) {
            return store.table(gold)
                    .checkpoint()
                    .map(at -> at.revision().version())
                    .orElse(-1L);
        }
    }

    private SyncStatus status(Path folder) {
        try (EntityStore store = EmbeddedStores.open(folder)) {
            return store.table(gold).status();
        }
    }

    private void compareWithTruth(Path folder) {
        JsonNode truth = JSON.readTree(spark.truth().resolve("truth.json").toFile());
        try (EntityStore store = EmbeddedStores.open(folder)) {
            StoredTable table = store.table(gold);
            long rows = 0;
            long cases = 0;
            long deaths = 0;
            long withoutDeaths = 0;
            Page.Position after = null;
            do {
                Answer<Page> page = table.page(new PageRequest(Filter.ALL, Order.BY_KEY, after, 10_000), UNBOUNDED);
                for (Entity entity : page.value().items()) {
                    JsonNode row = JSON.readTree(entity.document());
                    rows++;
                    cases += row.get("cases").asLong();
                    deaths += row.get("deaths").asLong(0);
                    withoutDeaths += row.get("deaths").isNull() ? 1 : 0;
                }
                after = page.value().next();
            } while (after != null);
            assertThat(rows).isEqualTo(truth.get("rows").asLong());
            assertThat(cases).isEqualTo(truth.get("sum_cases").asLong());
            assertThat(deaths).isEqualTo(truth.get("sum_deaths").asLong());
            assertThat(withoutDeaths).isEqualTo(truth.get("null_deaths").asLong());
            truth.get("sample")
                    .forEach(sample -> assertThat(read(table, sample)).isEqualTo(sample));
            assertThat(table.deadLetters(Long.MAX_VALUE, 1)).isEmpty();
        }
    }

    private static JsonNode read(StoredTable table, JsonNode sample) {
        EntityKey key = EntityKey.of(
                sample.get("date").asString(),
                sample.get("county").asString(),
                sample.get("state").asString());
        return table.get(key).value() instanceof Lookup.Found found
                ? JSON.readTree(found.entity().document())
                : JSON.nullNode();
    }

    private static String output(Path store) {
        try {
            return Files.readString(SyncProcess.log(store));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
