package dev.vitrine.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.ScriptedTable;
import dev.vitrine.delta.ScriptedTables;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Order.Action;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus.Guard;
import dev.vitrine.store.SyncStatus.Hold;
import dev.vitrine.store.SyncStatus.State;
import dev.vitrine.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What guards hold, and what operators can do about it.
class HeldTableTest {

    private static final int ROWS = 200;

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScriptedTables tables = new ScriptedTables();
    private final GoldTable gold = GoldTables.of("sales", "things");
    private final ScriptedTable delta = tables.open(gold);
    private EntityStore store;
    private StoredTable stored;
    private TableWorker worker;

    @BeforeEach
    void followATable() throws Exception {
        store = EmbeddedStores.open(folder);
        stored = store.table(gold);
        worker = Workers.worker(gold, tables, store, registry);
        delta.commit(rows(0, ROWS));
        settle();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void holdsACommitThatWouldRemoveMostKeysAndServesTheLastGoodState() throws Exception {
        delta.commit(rows(ROWS, ROWS + 1));
        delta.commit(deletes(0, 150));
        delta.commit(rows(ROWS + 1, ROWS + 2));

        settle();

        assertThat(served()).isEqualTo(1);
        assertThat(Watched.documents(stored)).hasSize(ROWS + 1);
        Hold hold = hold();
        assertThat(hold.guard()).isEqualTo(Guard.DELETES);
        assertThat(hold.version()).isEqualTo(2);
        assertThat(stored.status().state()).isEqualTo(State.HELD);
        assertThat(stored.status().latestVersion()).isEqualTo(3);
        assertThat(stored.status().message()).contains("version 2", "150 of 201 keys", "release", "reject");
        assertThat(registry.get("vitrine.sync.held")
                        .tag("guard", "deletes")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void appliesAHeldCommitOnceItIsReleased() throws Exception {
        delta.commit(deletes(0, 150));
        settle();

        order(Action.RELEASE, 1L);

        assertThat(served()).isEqualTo(1);
        assertThat(Watched.documents(stored)).hasSize(50);
        assertThat(stored.status().state()).isEqualTo(State.FOLLOWING);
        assertThat(stored.status().hold()).isNull();
        assertThat(lastOutcome()).contains("version 1 is served");
        assertThat(checkpoint().divergedSince()).isNull();
    }

    @Test
    void aReleaseIsForTheVersionItNamesAlone() throws Exception {
        delta.commit(deletes(0, 150));
        delta.commit(rows(0, 150));
        delta.commit(deletes(0, 150));
        settle();

        order(Action.RELEASE, 1L);

        assertThat(served()).isEqualTo(2);
        assertThat(hold().version()).isEqualTo(3);
    }

    @Test
    void leavesOutARejectedCommitAndSaysSoUntilTheNextRebuild() throws Exception {
        delta.commit(deletes(0, 150));
        delta.commit(rows(0, 1));
        settle();

        order(Action.REJECT, 1L);

        assertThat(served()).isEqualTo(2);
        assertThat(checkpoint().divergedSince()).isEqualTo(1);
        assertThat(Watched.documents(stored)).hasSize(ROWS);
        assertThat(stored.deadLetterCount()).isZero();
        assertThat(registry.get("vitrine.sync.diverged").gauge().value()).isEqualTo(1);

        order(Action.REBUILD, null);
        assertThat(hold().rebuild()).isTrue();
        order(Action.RELEASE, hold().version());

        assertThat(checkpoint().divergedSince()).isNull();
        assertThat(Watched.documents(stored)).hasSize(51);
    }

    @Test
    void keysThatTheCommitWritesAgainDoNotCountAsRemoved() throws Exception {
        EntityChange[] overwritten = new EntityChange[2 * ROWS];
        System.arraycopy(deletes(0, ROWS), 0, overwritten, 0, ROWS);
        System.arraycopy(rows(0, ROWS), 0, overwritten, ROWS, ROWS);
        delta.commit(overwritten);

        settle();

        assertThat(served()).isEqualTo(1);
        assertThat(stored.status().state()).isEqualTo(State.FOLLOWING);
    }

    @Test
    void smallTablesMayLoseWhatTheyLike() throws Exception {
        delta.commit(deletes(0, 100));
        delta.commit(deletes(100, 101));
        delta.commit(deletes(101, ROWS));

        settle();

        assertThat(served()).isEqualTo(3);
        assertThat(Watched.documents(stored)).isEmpty();
    }

    @Test
    void holdsAFloodOfRowsThatCannotBeServedInsteadOfFillingTheLetters() throws Exception {
        EntityChange[] flood = new EntityChange[100];
        for (int row = 0; row < flood.length; row++) {
            flood[row] = row < 98 ? row(ROWS + row) : unservable("bad" + row);
        }
        delta.commit(flood);

        settle();

        assertThat(served()).isEqualTo(0);
        assertThat(hold().guard()).isEqualTo(Guard.DEAD_LETTERS);
        assertThat(stored.deadLetterCount()).isZero();

        order(Action.RELEASE, 1L);

        assertThat(served()).isEqualTo(1);
        assertThat(stored.deadLetterCount()).isEqualTo(2);
        assertThat(Watched.documents(stored)).hasSize(ROWS + 98);
    }

    @Test
    void rowsThatWereLettersBeforeAreNoFloodWhenTheTableIsWrittenAnewOrLoadedAnew() throws Exception {
        EntityChange[] flood =
                IntStream.range(0, 100).mapToObj(row -> unservable("bad" + row)).toArray(EntityChange[]::new);
        delta.commit(flood);
        settle();
        order(Action.RELEASE, 1L);
        delta.commit(Stream.of(
                        Arrays.stream(deletes(0, ROWS)),
                        IntStream.range(0, 100).mapToObj(row -> (EntityChange) new Deleted(EntityKey.of("bad" + row))),
                        Arrays.stream(rows(0, ROWS)),
                        Arrays.stream(flood))
                .flatMap(part -> part)
                .toArray(EntityChange[]::new));

        settle();

        assertThat(served()).isEqualTo(2);
        assertThat(stored.deadLetterCount()).isEqualTo(100);
        order(Action.REBUILD, null);
        assertThat(lastOutcome()).contains("version 2 is served");
        assertThat(checkpoint().generation()).isEqualTo(2);
    }

    @Test
    void aReleasedRebuildSaysWhichVersionIsServed() throws Exception {
        delta.commit(deletes(0, 150));
        settle();
        order(Action.REJECT, 1L);
        order(Action.REBUILD, null);
        assertThat(hold().rebuild()).isTrue();
        long held = hold().version();
        delta.commit(rows(0, 1));
        settle();
        assertThat(served()).as("what is served is followed").isEqualTo(2);
        assertThat(stored.status().state()).isEqualTo(State.FOLLOWING);
        assertThat(hold().version()).isEqualTo(held);

        order(Action.RELEASE, held);

        assertThat(lastOutcome()).isEqualTo("version 2 is served");
        assertThat(Watched.documents(stored)).hasSize(51);
    }

    @Test
    void aTableOfWhichNothingIsServedYetSaysSoWhenItIsHeld() throws Exception {
        GoldTable first = GoldTables.of("sales", "first");
        EntityChange[] flood = rows(0, 100);
        flood[0] = unservable("bad");
        flood[1] = unservable("worse");
        tables.open(first).commit(flood);
        try (TableWorker loading = Workers.worker(first, tables, store, new SimpleMeterRegistry())) {
            loading.step();
        }

        assertThat(store.table(first).status().message())
                .contains("Nothing is served yet", "POST /actuator/sync/sales/first/release")
                .doesNotContain("stays");
    }

    @Test
    void fewRowsThatCannotBeServedAreLetters() throws Exception {
        EntityChange[] commit = rows(ROWS, ROWS + 100);
        commit[7] = unservable("bad");
        delta.commit(commit);

        settle();

        assertThat(served()).isEqualTo(1);
        assertThat(stored.deadLetterCount()).isEqualTo(1);
    }

    @Test
    void holdsARebuildThatWouldRemoveMostKeys() throws Exception {
        delta.feed(false);
        delta.commit(deletes(0, 150));
        settle();

        assertThat(served()).isEqualTo(0);
        assertThat(Watched.documents(stored)).hasSize(ROWS);
        assertThat(hold().rebuild()).isTrue();
        assertThat(hold().version()).isEqualTo(1);

        order(Action.RELEASE, 1L);

        assertThat(served()).isEqualTo(1);
        assertThat(Watched.documents(stored)).hasSize(50);
    }

    @Test
    void goesOnBehindARejectedRebuild() throws Exception {
        delta.feed(false);
        delta.commit(deletes(0, 150));
        settle();
        delta.feed(true);
        order(Action.REJECT, 1L);
        assertThat(served()).isEqualTo(1);
        assertThat(checkpoint().divergedSince()).isEqualTo(1);

        delta.commit(rows(ROWS, ROWS + 1));
        settle();

        assertThat(served()).isEqualTo(2);
        assertThat(Watched.documents(stored)).hasSize(ROWS + 1);
    }

    @Test
    void aTableThatReplacesAFullOneIsHeldAndMendsItselfWhenItFillsUp() throws Exception {
        delta.replace();
        settle();
        assertThat(hold().rebuild()).isTrue();
        assertThat(Watched.documents(stored)).hasSize(ROWS);

        delta.commit(rows(0, ROWS));
        settle();

        assertThat(checkpoint().revision().epoch()).isEqualTo(2);
        assertThat(stored.status().state()).isEqualTo(State.FOLLOWING);
    }

    @Test
    void aRestartKnowsTheHoldAndSinceWhen() throws Exception {
        delta.commit(deletes(0, 150));
        settle();
        Hold before = hold();

        worker.close();
        worker = Workers.worker(gold, tables, store, new SimpleMeterRegistry());
        settle();

        assertThat(hold()).isEqualTo(before);
        assertThat(served()).isEqualTo(0);
    }

    @Test
    void readsLettersAgainWhenAsked() throws Exception {
        delta.commit(unservable("bad"), row(ROWS));
        settle();
        assertThat(stored.deadLetterCount()).isEqualTo(1);

        order(Action.REPLAY, null);

        assertThat(lastOutcome()).contains("1 dead letters were read again, 1 are left");
        long id = stored.deadLetters(Long.MAX_VALUE, 1).getFirst().id();
        store.orders().place(gold.address(), Action.DISMISS, null, List.of(id), "test");
        worker.called();
        settle();

        assertThat(stored.deadLetterCount()).isZero();
        assertThat(lastOutcome()).isEqualTo("1 dead letters dismissed");
    }

    private void order(Action action, @Nullable Long version) throws InterruptedException {
        store.orders().place(gold.address(), action, version, List.of(), "test");
        worker.called();
        settle();
    }

    private String lastOutcome() {
        return String.valueOf(store.orders().of(gold.address(), 1).getFirst().outcome());
    }

    /// Steps until there is nothing to do.
    private void settle() throws InterruptedException {
        for (int steps = 0; steps < 20 && worker.step().isZero(); steps++) {}
    }

    private Hold hold() {
        Hold hold = stored.status().hold();
        assertThat(hold).isNotNull();
        return hold;
    }

    private Checkpoint checkpoint() {
        return stored.checkpoint().orElseThrow();
    }

    private long served() {
        return checkpoint().revision().version();
    }

    private static EntityChange[] rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(HeldTableTest::row).toArray(EntityChange[]::new);
    }

    private static EntityChange row(int number) {
        return new Upserted(
                key(number), "{}".getBytes(UTF_8), List.of(key(number).values().getFirst()), true);
    }

    private static EntityChange[] deletes(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> new Deleted(key(number)))
                .toArray(EntityChange[]::new);
    }

    private static EntityChange unservable(String key) {
        return new Unservable(EntityKey.of(key), Reason.VALUE_OUT_OF_TYPE, "size: too much", "{}".getBytes(UTF_8));
    }

    private static EntityKey key(int number) {
        return EntityKey.of("k" + number);
    }
}
