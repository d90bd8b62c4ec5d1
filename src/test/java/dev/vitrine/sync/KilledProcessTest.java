package dev.vitrine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.SharedTables;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at random points: what is served afterwards is a version of Spark's, whole, and the next process goes on
/// from there.
class KilledProcessTest {

    private static final int ROUNDS = Boolean.getBoolean("vitrine.long") ? 20 : 4;

    @TempDir
    Path folder;

    @RegisterExtension
    private final SyncProcesses processes = new SyncProcesses();

    @Test
    void servesAWholeVersionAfterEveryKillAndTheLastOneInTheEnd() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<SparkTable, Path> tables = new LinkedHashMap<>();
        for (String name : List.of("dim_customer", "fact_orders", "monthly_revenue")) {
            tables.put(SparkTable.gold(name), folder.resolve(name));
        }
        Path store = folder.resolve("store");
        StringJoiner kills = new StringJoiner("; ");
        for (int round = 1; round <= ROUNDS; round++) {
            double share = (round * 2 - 1) / (2.0 * ROUNDS);
            release(tables, share);
            long said = SyncProcess.log(store).toFile().length();
            Process process = start(store, tables);
            Eventually.holds(() -> SyncProcess.log(store).toFile().length() > said);
            if (round % 2 == 0) {
                // What is released then is applied commit by commit, and the kill falls somewhere in there.
                Eventually.holds(() -> caughtUp(store, tables, share));
            }
            release(tables, round * 2 / (2.0 * ROUNDS));
            Thread.sleep(random.nextInt(700));
            SyncProcesses.kill(process);
            kills.add(served(store, tables));
        }
        Process process = start(store, tables);
        Eventually.holds(() -> caughtUp(store, tables, 1));
        SyncProcesses.kill(process);
        String end = served(store, tables);

        System.out.printf("killed %d times, seed %d, served then: %s; in the end: %s%n", ROUNDS, seed, kills, end);
        assertThat(end).isEqualTo("dim_customer 12, fact_orders 10, monthly_revenue 10");
    }

    private Process start(Path store, Map<SparkTable, Path> tables) throws IOException {
        Map<String, Path> locations = new LinkedHashMap<>();
        tables.forEach((table, location) -> locations.put(table.name(), location));
        return processes.start(store, locations);
    }

    private static void release(Map<SparkTable, Path> tables, double share) throws IOException {
        for (Map.Entry<SparkTable, Path> table : tables.entrySet()) {
            SharedTables.stage(table.getKey().tables(), table.getValue(), released(table.getKey(), share));
        }
    }

    private static int released(SparkTable table, double share) {
        return (int) (table.latest() * share);
    }

    /// Compares what is served with what Spark reads; returns the versions.
    private static String served(Path folder, Map<SparkTable, Path> tables) {
        StringJoiner versions = new StringJoiner(", ");
        try (EntityStore store = EmbeddedStores.open(folder)) {
            tables.forEach((spark, location) -> {
                StoredTable stored = store.table(spark.at(location));
                Optional<Checkpoint> checkpoint = stored.checkpoint();
                versions.add(spark.name() + " "
                        + checkpoint
                                .map(at -> at.revision().version())
                                .map(Object::toString)
                                .orElse("none"));
                checkpoint.ifPresent(
                        at -> compare(spark, stored, (int) at.revision().version()));
            });
        }
        return versions.toString();
    }

    private static void compare(SparkTable spark, StoredTable stored, int version) {
        Truth served = Truth.served(stored);
        assertThat(served.rows()).hasSize((int) spark.rowsAt(version));
        if (spark.hasTruthAt(version)) {
            assertThat(served).isEqualTo(spark.truthAt(version));
        }
    }

    /// Commits that are served, of all tables together.
    private static long progress(Path folder, Map<SparkTable, Path> tables) {
        try (EntityStore store = EmbeddedStores.open(folder)) {
            return tables.entrySet().stream()
                    .map(table ->
                            store.table(table.getKey().at(table.getValue())).checkpoint())
                    .mapToLong(at ->
                            at.map(Checkpoint::revision).map(Revision::version).orElse(-1L) + 1)
                    .sum();
        }
    }

    private static boolean caughtUp(Path folder, Map<SparkTable, Path> tables, double share) {
        return progress(folder, tables)
                >= tables.keySet().stream()
                        .mapToLong(table -> released(table, share) + 1)
                        .sum();
    }
}
