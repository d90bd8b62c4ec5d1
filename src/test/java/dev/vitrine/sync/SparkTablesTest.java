package dev.vitrine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.SharedTables;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.delta.kernel.KernelTables;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Order.Action;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus.Guard;
import dev.vitrine.store.SyncStatus.Hold;
import dev.vitrine.store.SyncStatus.State;
import dev.vitrine.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables that Spark wrote, released commit by commit, through Delta Kernel into the embedded store.
class SparkTablesTest {

    /// Of the corpus, tables of more than a hundred rows of which one commit removes most.
    private static final Set<String> REMOVING_MUCH = Set.of("a_plain", "j_overwrite");

    @TempDir
    Path folder;

    private final DeltaTables deltaTables = KernelTables.using(Map.of());
    private EntityStore store;

    @BeforeEach
    void open() {
        store = openStore(folder.resolve("store"));
    }

    /// A new store.
    EntityStore openStore(Path below) {
        return EmbeddedStores.open(below);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dim_customer", "monthly_revenue"})
    void servesWhatSparkReadsAtEveryVersion(String name) throws Exception {
        SparkTable spark = SparkTable.gold(name);
        Moving moving = moving(spark);
        for (int version = 0; version <= spark.latest(); version++) {
            moving.release(version);

            assertThat(moving.served()).isEqualTo(version);
            assertThat(Truth.served(moving.stored())).isEqualTo(spark.truthAt(version));
        }
        assertThat(moving.generation()).isEqualTo(1);
    }

    @Test
    void catchesUpWithManyCommitsAtOnce() throws Exception {
        SparkTable spark = SparkTable.gold("fact_orders");
        Moving moving = moving(spark);
        moving.release(0);

        moving.release(spark.latest());

        assertThat(moving.served()).isEqualTo(spark.latest());
        assertThat(moving.generation()).isEqualTo(1);
        assertThat(Truth.served(moving.stored())).isEqualTo(spark.truthAtLast());
    }

    @ParameterizedTest
    @MethodSource("dev.vitrine.SharedTables#corpus")
    void followsEveryKindOfTableToWhatSparkReads(String name) throws Exception {
        SparkTable spark = SparkTable.corpus(name);
        Moving moving = moving(spark, 1);
        for (int version = spark.earliest(); version <= spark.latest(); version++) {
            moving.release(version);
            assertThat(moving.held(Guard.DELETES)).isEmpty();
        }
        assertThat(moving.stored().status().message()).isNull();
        assertThat(moving.served()).isEqualTo(spark.latest());
        assertThat(Truth.served(moving.stored())).isEqualTo(spark.truthAtLast());
        assertThat(moving.stored().deadLetterCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.vitrine.SharedTables#corpus")
    void releasingEachCommitThatRemovesNearlyEverythingLeadsToWhatSparkReads(String name) throws Exception {
        SparkTable spark = SparkTable.corpus(name);
        Moving moving = moving(spark, 0.5);
        int released = 0;
        for (int version = spark.earliest(); version <= spark.latest(); version++) {
            moving.release(version);
            Optional<Hold> hold = moving.held(Guard.DELETES);
            if (hold.isPresent()) {
                assertThat(moving.served()).isLessThan(version);
                store.orders()
                        .place(
                                moving.gold().address(),
                                Action.RELEASE,
                                hold.get().version(),
                                List.of(),
                                "test");
                moving.worker().called();
                moving.settle();
                released++;
            }
        }
        assertThat(moving.served()).isEqualTo(spark.latest());
        assertThat(Truth.served(moving.stored())).isEqualTo(spark.truthAtLast());
        assertThat(released > 0).isEqualTo(REMOVING_MUCH.contains(name));
    }

    @Test
    void loadsAnewAcrossAGapOfTheFeed() throws Exception {
        SparkTable spark = SparkTable.corpus("g_cdf_gap");
        Moving moving = moving(spark);
        moving.release(2);
        assertThat(moving.generation()).isEqualTo(1);

        moving.release(spark.latest());

        assertThat(moving.generation()).isEqualTo(2);
        assertThat(Truth.served(moving.stored())).isEqualTo(spark.truthAtLast());
    }

    @Test
    void loadsAnewWhenTheLogWasCleanedPastTheCheckpoint() throws Exception {
        SparkTable spark = SparkTable.gold("dim_customer");
        Moving moving = moving(spark);
        moving.release(4);
        SharedTables.stage(spark.tables(), moving.location(), 12);
        for (int version = 0; version < 10; version++) {
            Files.deleteIfExists(moving.location().resolve("_delta_log/%020d.json".formatted(version)));
            Files.deleteIfExists(moving.location().resolve("_delta_log/%020d.crc".formatted(version)));
        }

        moving.settle();

        assertThat(moving.served()).isEqualTo(12);
        assertThat(moving.generation()).isEqualTo(2);
        assertThat(moving.checkpoint().revision().epoch()).isEqualTo(1);
        assertThat(Truth.served(moving.stored())).isEqualTo(spark.truthAtLast());
    }

    @Test
    void beginsANewEpochForATableThatReplacesAnother() throws Exception {
        SparkTable before = SparkTable.corpus("a_plain");
        Moving moving = moving(before);
        moving.release(3);
        SparkTable after = SparkTable.corpus("i_cluster");
        delete(moving.location());
        SharedTables.stage(after.tables(), moving.location(), 2);

        moving.settle();

        assertThat(moving.served()).isEqualTo(2);
        assertThat(moving.checkpoint().revision().epoch()).isEqualTo(2);
        moving.releaseOf(after, after.latest());
        assertThat(Truth.served(moving.stored())).isEqualTo(after.truthAtLast());
    }

    @Test
    void servesWhatItHasWhileTheTableIsAwayOrCorruptAndGoesOnAfterwards() throws Exception {
        SparkTable spark = SparkTable.gold("dim_customer");
        Moving moving = moving(spark);
        moving.step();
        assertThat(moving.stored().status().state()).isEqualTo(State.WAITING);
        moving.release(3);
        Path away = folder.resolve("away");
        Files.move(moving.location(), away);

        moving.step();

        assertThat(moving.stored().status().state()).isEqualTo(State.WAITING);
        assertThat(Truth.served(moving.stored())).isEqualTo(spark.truthAt(3));

        Files.move(away, moving.location());
        Path commit = moving.location().resolve("_delta_log/%020d.json".formatted(4));
        Files.writeString(commit, "{\"add\":{\"path\":\"no-such.parquet\",\"partitionVa");
        moving.step();

        assertThat(moving.stored().status().state()).isEqualTo(State.FAILED);
        assertThat(moving.stored().status().message()).contains("spark/dim_customer", "4");
        assertThat(moving.served()).isEqualTo(3);

        Files.delete(commit);
        moving.release(5);
        assertThat(Truth.served(moving.stored())).isEqualTo(spark.truthAt(5));
    }

    @Test
    void goesOnWhereAnotherProcessStopped() throws Exception {
        SparkTable spark = SparkTable.gold("dim_customer");
        Moving moving = moving(spark);
        moving.release(7);
        store.close();
        store = openStore(folder.resolve("store"));
        Moving next = new Moving(spark, store.table(moving.gold()), worker(moving.gold()));

        next.release(12);

        assertThat(next.generation()).isEqualTo(1);
        assertThat(Truth.served(next.stored())).isEqualTo(spark.truthAtLast());
    }

    private Moving moving(SparkTable spark) {
        return moving(spark, 0.5);
    }

    private Moving moving(SparkTable spark, double maxDeleteShare) {
        GoldTable gold = spark.at(folder.resolve("lakehouse").resolve(spark.name()), maxDeleteShare);
        return new Moving(spark, store.table(gold), worker(gold));
    }

    private TableWorker worker(GoldTable gold) {
        return Workers.worker(gold, deltaTables, store, new SimpleMeterRegistry());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// A table that moves on as the test says.
    private record Moving(SparkTable spark, StoredTable stored, TableWorker worker) {

        void release(int version) throws Exception {
            releaseOf(spark, version);
        }

        void releaseOf(SparkTable table, int version) throws Exception {
            SharedTables.stage(table.tables(), location(), version);
            settle();
        }

        /// Steps until there is nothing to do.
        void settle() throws InterruptedException {
            for (int steps = 0; steps < 10 && step(); steps++) {}
        }

        Optional<Hold> held(Guard guard) {
            return Optional.ofNullable(stored.status().hold()).filter(hold -> hold.guard() == guard);
        }

        boolean step() throws InterruptedException {
            return worker.step().isZero();
        }

        GoldTable gold() {
            return stored.table();
        }

        Path location() {
            return Path.of(gold().location());
        }

        Checkpoint checkpoint() {
            return stored.checkpoint().orElseThrow();
        }

        long served() {
            return checkpoint().revision().version();
        }

        long generation() {
            return checkpoint().generation();
        }
    }
}
