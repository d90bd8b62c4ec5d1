package dev.vitrine.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.delta.ScriptedTables;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lease;
import dev.vitrine.store.Order;
import dev.vitrine.store.SyncStatus.State;
import dev.vitrine.store.TestClock;
import dev.vitrine.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Timeout(120)
class SyncWorkersTest {

    private final GoldTable good = GoldTables.of("sales", "good");
    private final GoldTable bad = GoldTables.of("sales", "bad");
    private final GoldTable absent = GoldTables.of("stock", "absent");
    private final Contracts contracts = new Tables(List.of(bad, good, absent));
    private final ScriptedTables tables = new ScriptedTables();

    @TempDir
    Path folder;

    private EntityStore store;
    private SyncWorkers workers;

    @BeforeEach
    void open() {
        store = EmbeddedStores.open(folder);
        workers = new SyncWorkers(contracts, Workers.shop(tables, store, new SimpleMeterRegistry()));
    }

    @AfterEach
    void stop() {
        workers.stop();
        store.close();
    }

    @Test
    void servesTheGoodTablesBesideACorruptAndAMissingOne() {
        tables.open(bad).commit(row("a"));
        tables.open(bad).unreadableFrom(0L);
        tables.open(good).commit(row("a"));

        workers.start();
        await(() -> store.table(good).status().state() == State.FOLLOWING);
        tables.open(good).commit(row("b"));
        await(() -> Watched.documents(store.table(good)).size() == 2);

        await(() -> store.table(bad).status().state() == State.FAILED);
        await(() -> store.table(absent).status().state() == State.WAITING);
        TablesHealth health =
                new TablesHealth(new TableStates(contracts, store, Workers.PROPERTIES, InstantSource.system()));
        assertThat(health.health().getStatus()).isEqualTo(new Status("DEGRADED"));
        assertThat(health.health().getDetails().get("sales/bad"))
                .asString()
                .contains("FAILED", "version 0", "part-0.parquet");
        assertThat(health.health().getDetails().get("sales/good")).asString().contains("FOLLOWING");
    }

    @Test
    void isUpWhenAllTablesAreFollowed() {
        Contracts one = new Tables(List.of(good));
        tables.open(good).commit(row("a"));
        workers.start();
        await(() -> store.table(good).status().state() == State.FOLLOWING);

        assertThat(new TablesHealth(new TableStates(one, store, Workers.PROPERTIES, InstantSource.system()))
                        .health()
                        .getStatus())
                .isEqualTo(Status.UP);
    }

    @Test
    void picksUpAMissingTableOnceItAppears() {
        workers.start();
        await(() -> store.table(absent).status().state() == State.WAITING);

        tables.open(absent).commit(row("a"));

        await(() -> store.table(absent).status().state() == State.FOLLOWING);
    }

    @Test
    void stopsAtOnceInTheMiddleOfARebuildAndServesNothingOfIt() {
        EntityChange[] rows = new EntityChange[10_000];
        Arrays.setAll(rows, index -> row("k" + index));
        tables.open(good).commit(rows);
        tables.open(good).slow(Duration.ofMillis(10));
        workers.start();
        await(() -> store.table(good).status().state() == State.REBUILDING);

        long before = System.nanoTime();
        workers.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(tables.open(good).open()).isZero();
        assertThat(store.table(good).checkpoint()).isEmpty();
    }

    @Test
    void aTableThatLoadsForLongKeepsNoOtherWaiting() {
        EntityChange[] rows = new EntityChange[20_000];
        Arrays.setAll(rows, index -> row("k" + index));
        tables.open(bad).commit(rows);
        tables.open(bad).slow(Duration.ofMillis(10));
        tables.open(good).commit(row("a"));
        workers.start();
        await(() -> store.table(bad).status().state() == State.REBUILDING);

        for (int commit = 1; commit <= 5; commit++) {
            long version = tables.open(good).commit(row("k" + commit));
            workers.call(good.address());
            await(() -> store.table(good)
                    .checkpoint()
                    .filter(at -> at.revision().version() == version)
                    .isPresent());
        }

        assertThat(store.table(bad).checkpoint()).isEmpty();
    }

    @Test
    void anAnnouncedCommitIsServedLongBeforeTheNextLook() {
        GoldTable daily = new GoldTable(
                "sales",
                "daily",
                "nowhere",
                good.columns(),
                good.key(),
                good.indexed(),
                List.of(),
                0.5,
                Duration.ofDays(5),
                null);
        SyncWorkers seldom =
                new SyncWorkers(new Tables(List.of(daily)), Workers.shop(tables, store, new SimpleMeterRegistry()));
        tables.open(daily).commit(row("a"));
        seldom.start();
        await(() -> store.table(daily).status().state() == State.FOLLOWING
                && store.table(daily).status().lastLook() != null);
        long version = tables.open(daily).commit(row("b"));

        // as another process would
        store.orders().place(daily.address(), Order.Action.ANNOUNCE, null, List.of(), "test");

        await(() -> store.table(daily).checkpoint().orElseThrow().revision().version() == version);
        seldom.stop();
    }

    @Test
    void saysThatItWaitsForAWriterThatKeepsTheTableLocked() {
        tables.open(good).commit(row("a"));
        workers.start();
        await(() -> store.table(good).status().state() == State.FOLLOWING);
        workers.stop();
        Lease lease = store.leases()
                .acquire(good.address(), "the-stopped-one", Duration.ofMinutes(1))
                .orElseThrow();
        try (ChangeWriter stopped = store.table(good).writer(lease.token()).changes()) {
            stopped.begin(new Revision(1, 1, Instant.EPOCH));
            store.leases().release(lease);
            workers.start();

            await(() -> store.table(good).status().state() == State.WAITING);
            assertThat(store.table(good).status().message()).contains("waiting for", "keeps the table's file locked");
        }

        tables.open(good).commit(row("b"));
        await(() -> Watched.documents(store.table(good)).size() == 2);
        assertThat(store.table(good).status().state()).isEqualTo(State.FOLLOWING);
    }

    @Test
    void namesTheProcessThatHoldsATableAndSaysNothingAnyMore() {
        TestClock clock = new TestClock();
        try (EntityStore other = EmbeddedStores.open(folder.resolve("other"), clock)) {
            TableStates states = new TableStates(contracts, other, Workers.PROPERTIES, clock);
            Duration term = Workers.PROPERTIES.lease();
            other.leases().acquire(good.address(), "another", term);
            assertThat(states.of(good).state()).isEqualTo("UNKNOWN");

            clock.pass(term.multipliedBy(2).dividedBy(3));
            assertThat(states.of(good).state()).isEqualTo("WAITING");
            assertThat(states.of(good).message()).contains("process another", "its lease runs until");

            clock.pass(term);
            assertThat(states.of(good).worker()).isNull();
            assertThat(states.of(good).message()).contains("none does");
        }
    }

    @Test
    void runsOnlyWhereTheProcessHasTheRole() {
        ApplicationContextRunner context = new ApplicationContextRunner()
                .withUserConfiguration(SyncConfiguration.class)
                .withBean(Contracts.class, () -> new Tables(List.of()))
                .withBean(EntityStore.class, () -> EmbeddedStores.open(folder.resolve("other")))
                .withBean(DeltaTables.class, ScriptedTables::new)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new);

        context.run(both -> assertThat(both).hasSingleBean(SyncWorkers.class));
        context.withPropertyValues("vitrine.roles=serve,sync")
                .run(both -> assertThat(both).hasSingleBean(SyncWorkers.class));
        context.withPropertyValues("vitrine.roles=serve")
                .run(serving -> assertThat(serving)
                        .doesNotHaveBean(SyncWorkers.class)
                        .hasSingleBean(TablesHealth.class)
                        .hasSingleBean(SyncEndpoint.class));
    }

    private static EntityChange row(String key) {
        return new Upserted(EntityKey.of(key), "1".getBytes(UTF_8), List.of(key), true);
    }

    private static void await(BooleanSupplier condition) {
        Eventually.holds(condition);
    }

    private record Tables(List<GoldTable> tables) implements Contracts {

        @Override
        public List<DataProduct> products() {
            return List.of();
        }
    }
}
