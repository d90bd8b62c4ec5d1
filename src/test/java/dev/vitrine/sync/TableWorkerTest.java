package dev.vitrine.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.delta.ScriptedTable;
import dev.vitrine.delta.ScriptedTables;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.SyncStatus.State;
import dev.vitrine.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableWorkerTest {

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScriptedTables tables = new ScriptedTables();
    private final GoldTable gold = GoldTables.of("sales", "things");
    private final ScriptedTable delta = tables.open(gold);
    private final Watched watched = new Watched();
    private EntityStore store;
    private StoredTable stored;
    private TableWorker worker;

    @BeforeEach
    void openStore() {
        store = Interposed.on(EntityStore.class, EmbeddedStores.open(folder), watched);
        stored = store.table(gold);
        worker = Workers.worker(gold, tables, store, registry);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        store.close();
        assertThat(delta.open()).isZero();
    }

    @Test
    void loadsATableThatWasNeverLoadedAndFollowsItAtOnce() throws Exception {
        delta.commit(row("a", 1), row("b", 1), row("c", 1));

        Duration rest = worker.step();

        assertThat(rest).isZero();
        assertThat(served()).isEqualTo(0);
        assertThat(Watched.documents(stored)).hasSize(3).containsEntry(EntityKey.of("a"), "1");
        assertThat(watched.reports()).extracting(SyncStatus::state).contains(State.REBUILDING);
    }

    @Test
    void appliesEveryCommitInOrderAndPublishesSmallOnesTogether() throws Exception {
        delta.commit(row("a", 1));
        worker.step();
        delta.commit(update("a", 2), row("b", 2));
        delta.commit(new Deleted(EntityKey.of("b")));
        delta.commit();
        delta.commit(new Deleted(EntityKey.of("a")), row("a", 5));

        worker.step();

        assertThat(Watched.documents(stored)).containsOnly(Map.entry(EntityKey.of("a"), "5"));
        assertThat(watched.published()).containsExactly(4L);
        assertThat(stored.status().state()).isEqualTo(State.FOLLOWING);
    }

    @Test
    void looksAgainAtItsPaceWhenNothingIsNew() throws Exception {
        delta.commit();
        worker.step();

        assertThat(worker.step()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));
        assertThat(watched.published()).isEmpty();
        assertThat(stored.status().state()).isEqualTo(State.FOLLOWING);
        assertThat(stored.status().lastLook()).isNotNull();
    }

    @Test
    void aLookAtAnUnchangedTableReadsNoSnapshot() throws Exception {
        delta.commit(row("a", 1));
        worker.step();
        List<String> calls = new CopyOnWriteArrayList<>();
        DeltaTables counted = Interposed.on(DeltaTables.class, tables, new Interposed.Watcher() {
            @Override
            public void before(String call, @Nullable Object[] arguments) {
                calls.add(call);
            }
        });
        TableWorker next = Workers.worker(gold, counted, store, new SimpleMeterRegistry());

        next.step();
        next.step();

        assertThat(calls).containsExactly("DeltaTables.open", "DeltaTable.changesAfter", "DeltaTable.changesAfter");
    }

    @Test
    void splitsALongCatchUpIntoPublishesThatAreBounded() throws Exception {
        delta.commit();
        worker.step();
        IntStream.rangeClosed(1, 250).forEach(version -> delta.commit(row("k" + version, version)));

        worker.step();

        assertThat(watched.published()).containsExactly(100L, 200L, 250L);
        assertThat(Watched.documents(stored)).hasSize(250);
    }

    @Test
    void waitsForATableThatDoesNotExistYet() throws Exception {
        assertThat(worker.step()).isPositive();
        assertThat(stored.status().state()).isEqualTo(State.WAITING);
        assertThat(stored.status().message()).contains("sales/things");

        delta.commit(row("a", 1));
        worker.step();

        assertThat(Watched.documents(stored)).hasSize(1);
    }

    @Test
    void saysWhatIsCorruptRestsLongerEachTimeAndRecoversByItself() throws Exception {
        delta.commit(row("a", 1));
        delta.unreadableFrom(0L);

        Duration first = worker.step();
        Duration second = worker.step();
        IntStream.range(0, 60).forEach(again -> stepQuietly());
        Duration last = worker.step();

        assertThat(stored.status().state()).isEqualTo(State.FAILED);
        assertThat(stored.status().message()).contains("version 0", "part-0.parquet");
        assertThat(second).isGreaterThan(first);
        assertThat(last).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(33));
        assertThat(stored.checkpoint()).isEmpty();

        delta.unreadableFrom(null);
        worker.step();

        assertThat(Watched.documents(stored)).hasSize(1);
    }

    @Test
    void servesTheCommitsBeforeACorruptOne() throws Exception {
        delta.commit();
        worker.step();
        delta.commit(row("a", 1));
        delta.commit(row("b", 2));
        delta.commit(row("c", 3));
        delta.unreadableFrom(3L);

        worker.step();
        worker.step();

        assertThat(served()).isEqualTo(2);
        assertThat(Watched.documents(stored)).hasSize(2);
        assertThat(stored.status().state()).isEqualTo(State.FAILED);
        assertThat(stored.status().message()).contains("version 3");

        delta.unreadableFrom(null);
        worker.step();

        assertThat(served()).isEqualTo(3);
    }

    @Test
    void loadsAnewInANewEpochWhenTheTableWasReplaced() throws Exception {
        delta.commit(row("a", 1));
        delta.commit(row("b", 1));
        worker.step();
        delta.replace();

        worker.step();

        assertThat(stored.checkpoint())
                .map(Checkpoint::revision)
                .map(Revision::epoch)
                .contains(2L);
        assertThat(served()).isEqualTo(0);
        assertThat(Watched.documents(stored)).isEmpty();
    }

    @Test
    void takesATableWhoseHistoryWentBackForAnotherOne() throws Exception {
        delta.commit(row("a", 1));
        delta.commit(row("b", 1));
        worker.step();
        delta.goBackTo(0);

        worker.step();

        assertThat(stored.checkpoint())
                .map(Checkpoint::revision)
                .map(Revision::epoch)
                .contains(2L);
        assertThat(Watched.documents(stored)).hasSize(1);
    }

    @Test
    void loadsAnewWhenTheLogWasCleanedPastTheCheckpoint() throws Exception {
        delta.commit(row("a", 1));
        worker.step();
        delta.commit(row("b", 1));
        delta.commit(row("c", 1));
        delta.cleanUpTo(1);

        worker.step();

        assertThat(Watched.documents(stored)).hasSize(3);
        assertThat(stored.checkpoint()).map(Checkpoint::generation).contains(2L);
        assertThat(stored.checkpoint())
                .map(Checkpoint::revision)
                .map(Revision::epoch)
                .contains(1L);
    }

    @Test
    void loadsATableWithoutAFeedAnewAtEachVersionAtItsPace() throws Exception {
        delta.feed(false);
        delta.commit(row("a", 1));

        assertThat(worker.step()).isPositive();
        delta.commit(row("b", 2));
        assertThat(worker.step()).isPositive();

        assertThat(served()).isEqualTo(1);
        assertThat(stored.checkpoint()).map(Checkpoint::generation).contains(2L);
        worker.step();
        assertThat(stored.checkpoint()).map(Checkpoint::generation).contains(2L);
    }

    @Test
    void followsTheFeedAgainAfterAGap() throws Exception {
        delta.commit(row("a", 1));
        worker.step();
        delta.commit(row("b", 1));
        delta.feed(false);
        delta.commit(row("c", 1));
        delta.feed(true);
        delta.commit(row("d", 1));

        worker.step();
        delta.commit(row("e", 1));
        worker.step();

        assertThat(Watched.documents(stored)).hasSize(5);
        assertThat(stored.checkpoint()).map(Checkpoint::generation).contains(2L);
    }

    @Test
    void loadsAnewWhenTheContractAsksForMore() throws Exception {
        delta.commit(row("a", 1));
        worker.step();
        GoldTable wider = GoldTables.of("sales", "things", "size");
        TableWorker next = Workers.worker(wider, tables, store, new SimpleMeterRegistry());

        next.step();

        assertThat(store.table(wider).coversLayout()).isTrue();
        assertThat(store.table(wider).checkpoint()).map(Checkpoint::generation).contains(2L);
    }

    @Test
    void holdsTheLastGoodStateWhereTheSchemaDoesNotFit() throws Exception {
        delta.commit(row("a", 1));
        worker.step();
        delta.commit(row("b", 1));
        delta.misfits("column size: string cannot be held by integer");
        delta.commit(row("c", 1));

        assertThat(worker.step()).isPositive();

        assertThat(served()).isEqualTo(1);
        assertThat(stored.status().state()).isEqualTo(State.HELD);
        assertThat(stored.status().message()).contains("version 2", "column size");

        delta.misfits();
        delta.commit(row("d", 1));
        worker.step();

        assertThat(Watched.documents(stored)).hasSize(4);
    }

    @Test
    void keepsRowsThatCannotBeServedAsDeadLetters() throws Exception {
        delta.commit(row("a", 1), new Unservable(null, Reason.NULL_KEY, "id is null", "{}".getBytes(UTF_8)));

        worker.step();

        assertThat(Watched.documents(stored)).hasSize(1);
        assertThat(stored.deadLetters(Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void countsRowsAndShowsHowFarItIs() throws Exception {
        delta.commit(row("a", 1), row("b", 1));
        worker.step();
        delta.commit(new Deleted(EntityKey.of("a")));
        worker.step();
        worker.step();

        assertThat(registry.get("vitrine.sync.rows")
                        .tag("kind", "upserted")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("vitrine.sync.rows")
                        .tag("kind", "deleted")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("vitrine.sync.version").gauge().value()).isEqualTo(1);
        assertThat(registry.get("vitrine.sync.lag.commits").gauge().value()).isZero();
        assertThat(registry.get("vitrine.sync.freshness").gauge().value()).isZero();

        delta.commit(row("c", 1));
        delta.unreadableFrom(2L);
        worker.step();

        assertThat(registry.get("vitrine.sync.lag.commits").gauge().value()).isEqualTo(1);
        assertThat(registry.get("vitrine.sync.freshness").gauge().value()).isPositive();
    }

    private void stepQuietly() {
        try {
            worker.step();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private long served() {
        return stored.checkpoint().orElseThrow().revision().version();
    }

    private static EntityChange row(String key, int value) {
        return upserted(key, value, true);
    }

    private static EntityChange update(String key, int value) {
        return upserted(key, value, false);
    }

    private static EntityChange upserted(String key, int value, boolean insert) {
        return new Upserted(EntityKey.of(key), Integer.toString(value).getBytes(UTF_8), List.of(key), insert);
    }
}
