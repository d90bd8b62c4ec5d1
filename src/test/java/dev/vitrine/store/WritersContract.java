package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What every store promises about writers of which one has taken over from another, in one process or two.
public abstract class WritersContract extends StoreFixture {

    @Test
    void anOlderTokenIsRefused() {
        table.writer(7);
        fenced(() -> table.writer(6));
        table.writer(7);
        table.writer(8);
    }

    @Test
    void aTokenIsRefusedAlsoWhereItIsSeenByAnotherProcess() throws Exception {
        try (EntityStore other = open(clock)) {
            other.table(table.table()).writer(2);
            fenced(() -> table.writer(1));
            fenced(() -> writer.report(SyncStatus.unknown()));
        }
    }

    @Test
    void everythingOfAWriterIsRefusedOnceANewerHasTakenOver() {
        rebuild(1, insert(1, "one"), unservable(2L, "bad"));
        ChangeWriter changes = writer.changes();
        table.writer(2);
        fenced(() -> commit(changes, 2, delete(1)));
        changes.close();
        fenced(() -> commit(2, delete(1)));
        fenced(() -> {
            try (ChangeWriter rejecting = writer.changes()) {
                rejecting.reject(revision(2));
            }
        });
        fenced(() -> writer.report(SyncStatus.unknown()));
        fenced(() -> writer.dismiss(letters().map(DeadLetter::id).toList()));
        fenced(() -> writer.replay(List.of(), true, List.of()));
        fenced(() -> writer.rebuild(origin(2)).close());
        fenced(() -> writer.unfinished());
        fenced(() -> writer.tidy(Instant.MAX));
        assertThat(document(1)).isEqualTo("one");
        assertThat(checkpoint().revision()).isEqualTo(revision(1));
        assertThat(letters()).hasSize(1);
    }

    @Test
    void aTableThatNobodyNamesIsKnownAndCanBeErased() throws Exception {
        rebuild(1, insert(1, "one"), unservable(2L, "bad"));
        GenerationWriter unfinished = writer.rebuild(origin(2));
        unfinished.add(List.of(insert(1, "two")));
        unfinished.close();
        String address = table.table().address();
        Instant since = clock.instant();
        assertThat(store.withdrawn(Set.of(address, "shop/other"), since)).isEmpty();
        assertThat(store.withdrawn(Set.of("shop/other"), since)).containsExactly(Map.entry(address, since));
        reopen();
        assertThat(store.withdrawn(Set.of(), since.plusSeconds(9))).containsExactly(Map.entry(address, since));
        assertThat(store.withdrawn()).containsExactly(Map.entry(address, since));
        table.writer(2);
        fenced(() -> store.erase(address, 1));

        assertThat(store.erase(address, 3)).isTrue();

        fenced(() -> table.writer(2));
        assertThat(store.withdrawn()).isEmpty();
        assertThat(table.checkpoint()).isEmpty();
        assertThat(table.status()).isEqualTo(SyncStatus.unknown());
        assertThat(letters()).isEmpty();
        assertThatExceptionOfType(TableNotServed.class).isThrownBy(() -> document(1));
        writer = table.writer(4);
        assertThat(writer.unfinished()).isEmpty();
        rebuild(1, insert(1, "one"));
        assertThat(document(1)).isEqualTo("one");
        assertThat(store.withdrawn(Set.of(), since)).containsKey(address);
    }

    @Test
    void aLoadOfAnOlderWriterIsNotServed() {
        rebuild(1, insert(1, "one"));
        try (GenerationWriter load = writer.rebuild(origin(2))) {
            load.add(List.of(insert(1, "two")));
            load.seal();
            table.writer(2);
            fenced(load::swap);
        }
        assertThat(document(1)).isEqualTo("one");
    }

    @Test
    void aLoadIsNotFilledByTwo() {
        GenerationWriter stale = writer.rebuild(origin(2));
        stale.add(List.of(insert(1, "two")));
        stale.keep(1);
        TableWriter newer = table.writer(2);
        newer.unfinished().ifPresent(GenerationWriter::close);
        fenced(() -> {
            stale.add(List.of(insert(2, "stale")));
            stale.keep(2);
            stale.seal();
            stale.swap();
        });
        stale.close();
        assertThat(table.checkpoint()).isEmpty();
    }

    @Test
    void theNewerWriterGoesOnWithASealedLoadOfTheOlderOne() {
        rebuild(1, insert(1, "one"));
        GenerationWriter stale = writer.rebuild(origin(2));
        stale.add(List.of(insert(1, "two")));
        stale.keep(1);
        stale.seal();
        try (GenerationWriter load = table.writer(2).unfinished().orElseThrow()) {
            assertThat(load.origin()).isEqualTo(origin(2));
            fenced(() -> {
                try (ChangeWriter changes = stale.changes()) {
                    commit(changes, 3, delete(1));
                }
            });
            fenced(stale::swap);
            fenced(stale::discard);
            load.swap();
        }
        stale.close();
        assertThat(document(1)).isEqualTo("two");
        commit(table.writer(2), 3);
    }

    @Test
    void whatTheOlderWriterPublishedIsThereForTheNewer() {
        rebuild(1, insert(1, "one"));
        commit(2, insert(2, "two"));
        TableWriter newer = table.writer(2);
        commit(newer, 3);
        assertThat(documents(1, 2, 3)).containsExactly("one", "two", "3");
    }

    private static void commit(TableWriter writer, long version) {
        try (ChangeWriter changes = writer.changes()) {
            commit(changes, version, insert(version, String.valueOf(version)));
            changes.publish(revision(version), "file " + version);
        }
    }

    @Test
    void changesAreAppliedByOneAtATime() {
        rebuild(1, insert(1, "one"));
        try (ChangeWriter changes = writer.changes()) {
            assertThatIllegalStateException().isThrownBy(() -> writer.changes());
            assertThatIllegalStateException().isThrownBy(() -> writer.dismiss(List.of(1L)));
            changes.begin(revision(2));
        }
        writer.changes().close();
    }

    @Test
    void aTidyingLeavesTheLoadThatIsRunning() {
        rebuild(1, insert(1, "one"));
        try (GenerationWriter load = writer.rebuild(origin(2))) {
            load.add(List.of(insert(1, "two")));
            writer.tidy(Instant.EPOCH);
            load.seal();
            writer.tidy(Instant.EPOCH);
            load.swap();
        }
        writer.tidy(Instant.EPOCH);
        assertThat(document(1)).isEqualTo("two");
    }

    private static void fenced(ThrowingCallable writing) {
        assertThatExceptionOfType(WriterFenced.class).isThrownBy(writing).withMessageContaining("shop/things");
    }
}
