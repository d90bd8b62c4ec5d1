package dev.vitrine.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.delta.ScriptedTable;
import dev.vitrine.delta.ScriptedTables;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Order.Action;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus.Load;
import dev.vitrine.store.SyncStatus.State;
import dev.vitrine.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A new generation is loaded beside the served one, which goes on being followed until the swap.
@Timeout(120)
class RebuildBesideTest {

    private static final int ROWS = 400;

    @TempDir
    Path folder;

    private final ScriptedTables tables = new ScriptedTables();
    private final GoldTable gold = GoldTables.of("sales", "things");
    private final ScriptedTable delta = tables.open(gold);
    private EntityStore store;
    private StoredTable stored;

    @BeforeEach
    void loadATable() throws Exception {
        store = EmbeddedStores.open(folder);
        stored = store.table(gold);
        delta.commit(IntStream.range(0, ROWS).mapToObj(RebuildBesideTest::row).toArray(EntityChange[]::new));
        settle(worker(gold, gold, tables, store));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theServedGenerationIsFollowedUntilTheSwap() throws Exception {
        TableWorker worker = worker(gold, gold, tables, store);
        store.orders().place(gold.address(), Action.REBUILD, null, List.of(), "test");
        delta.slow(Duration.ofMillis(10));
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> stepQuietly(worker));
        Eventually.holds(() -> stored.status().state() == State.REBUILDING);
        long started = delta.commit(row(ROWS));

        Eventually.holds(() -> checkpoint().revision().version() == started);

        assertThat(checkpoint().generation()).isEqualTo(1);
        assertThat(stored.status().state()).isEqualTo(State.REBUILDING);
        Load load = stored.status().load();
        assertThat(load).isNotNull();
        assertThat(load.version()).isZero();
        work.join();
        assertThat(checkpoint().generation()).isEqualTo(2);
        assertThat(checkpoint().revision().version()).isEqualTo(started);
        assertThat(Watched.documents(stored)).hasSize(ROWS + 1);
    }

    @Test
    void theFormerFormIsServedAndFollowedWhileTheContractsNewFormIsLoaded() throws Exception {
        GoldTable wider = GoldTables.of("sales", "things", "size");
        TableWorker worker = worker(wider, gold, tables, store);
        delta.slow(Duration.ofMillis(10));
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> stepQuietly(worker));
        Eventually.holds(() -> stored.status().state() == State.REBUILDING);
        long started = delta.commit(row(ROWS));

        Eventually.holds(() -> checkpoint().revision().version() == started);

        assertThat(stored.coversLayout()).isTrue();
        assertThat(Watched.documents(stored)).hasSize(ROWS + 1);
        work.join();
        assertThat(store.table(wider).coversLayout()).isTrue();
        assertThat(Watched.documents(store.table(wider))).hasSize(ROWS + 1);
    }

    @Test
    void theFormerFormIsFollowedWhileTheNewOneCannotBeServed() throws Exception {
        GoldTable wider = GoldTables.of("sales", "things", "size");
        delta.misfits("column size: string cannot be held by integer");
        delta.commit();
        TableWorker worker = worker(wider, gold, tables, store);

        settle(worker);

        assertThat(stored.status().state()).isEqualTo(State.HELD);
        assertThat(stored.coversLayout()).isTrue();
    }

    @Test
    void goesOnWithALoadThatWasKilled() throws Exception {
        List<Integer> skipped = new ArrayList<>();
        Interposed.Watcher kill = new Interposed.Watcher() {
            private int adds;

            @Override
            public void before(String call, @Nullable Object[] arguments) {
                if (call.equals("DeltaSnapshot.rows")) {
                    skipped.add((Integer) arguments[0]);
                }
                if (call.equals("GenerationWriter.add") && ++adds == 150) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        EntityStore watchedStore = Interposed.on(EntityStore.class, store, kill);
        DeltaTables watchedTables = Interposed.on(DeltaTables.class, tables, kill);
        TableWorker worker = worker(gold, gold, watchedTables, watchedStore);
        store.orders().place(gold.address(), Action.REBUILD, null, List.of(), "test");

        assertThat(worker.step()).isPositive();
        assertThat(checkpoint().generation()).isEqualTo(1);
        delta.commit(row(ROWS));
        settle(worker);

        assertThat(skipped).hasSize(2).first().isEqualTo(0);
        assertThat(skipped.getLast()).isPositive();
        assertThat(checkpoint().generation()).isGreaterThan(1);
        assertThat(checkpoint().revision().version()).isEqualTo(1);
        assertThat(Watched.documents(stored)).hasSize(ROWS + 1);
    }

    @Test
    void rowsThatTheLogsStatisticsCountAndTheLoadHasNotAreNoticed() throws Exception {
        delta.counts(ROWS + 1);
        store.orders().place(gold.address(), Action.REBUILD, null, List.of(), "test");
        TableWorker worker = worker(gold, gold, tables, store);

        assertThat(worker.step()).isPositive();

        assertThat(stored.status().state()).isEqualTo(State.FAILED);
        assertThat(stored.status().message()).contains("version 0", "401", "400");
        assertThat(checkpoint().generation()).isEqualTo(1);
    }

    private static TableWorker worker(GoldTable wanted, GoldTable inForce, DeltaTables delta, EntityStore store) {
        return Workers.worker(wanted, inForce, Workers.shop(delta, store, new SimpleMeterRegistry()));
    }

    private static void settle(TableWorker worker) throws InterruptedException {
        for (int steps = 0; steps < 20 && worker.step().isZero(); steps++) {}
    }

    private static void stepQuietly(TableWorker worker) {
        assertThat(catchThrowable(() -> settle(worker))).isNull();
    }

    private Checkpoint checkpoint() {
        return stored.checkpoint().orElseThrow();
    }

    private static EntityChange row(int number) {
        String key = "k" + number;
        return new Upserted(EntityKey.of(key), "{}".getBytes(UTF_8), List.of(key), true);
    }
}
