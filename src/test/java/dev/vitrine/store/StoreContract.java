package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store promises about a table that is loaded and followed.
public abstract class StoreContract extends StoreFixture {

    @Test
    void servesNothingBeforeTheFirstRebuild() {
        assertThat(table.checkpoint()).isEmpty();
        assertThat(table.coversLayout()).isFalse();
        assertThat(letters()).isEmpty();
        assertThat(table.deadLetterCount()).isZero();
        assertThat(table.deadLettersByReason()).isEmpty();
        assertThat(table.withholds()).isFalse();
        assertThatThrownBy(() -> lookup(1)).isInstanceOf(TableNotServed.class).hasMessageContaining("shop/things");
        assertThatIllegalStateException().isThrownBy(() -> writer.changes()).withMessageContaining("shop/things");
    }

    @Test
    void servesWhatARebuildLoaded() {
        rebuild(3, insert(1, "one"), insert(2, "two"));
        assertThat(documents(1, 2, 9)).containsExactly("one", "two", "absent");
        assertThat(checkpoint().revision()).isEqualTo(revision(3));
        assertThat(checkpoint().tableId()).isEqualTo("id-of-things");
        assertThat(checkpoint().commitFile()).isEqualTo("file 3");
        assertThat(checkpoint().entities()).isEqualTo(2);
        assertThat(checkpoint().divergedSince()).isNull();
        assertThat(table.get(EntityKey.of(1L)).asOf()).isEqualTo(checkpoint());
        assertThat(table.coversLayout()).isTrue();
    }

    @Test
    void readsManyKeysInTheirOrderAtOneState() {
        rebuild(3, insert(1, "one"), insert(2, "two"), insert(4, "four"), insert(4, "four again"));
        Answer<List<Lookup>> answer = table.getAll(
                List.of(EntityKey.of(2L), EntityKey.of(9L), EntityKey.of(4L), EntityKey.of(1L), EntityKey.of(2L)));
        assertThat(answer.asOf()).isEqualTo(checkpoint());
        assertThat(answer.value())
                .extracting(lookup -> lookup instanceof Lookup.Found found
                        ? new String(found.entity().document(), StandardCharsets.UTF_8)
                        : lookup.getClass().getSimpleName())
                .containsExactly("two", "Absent", "Withheld", "one", "two");
        assertThat(table.getAll(List.of()).value()).isEmpty();
    }

    @Test
    void countsForManyFiltersInOneRead() {
        rebuild(3, insert(1, "b"), insert(2, "a"), insert(3, "b"), unservable(4L, "bad"));
        Filter b = new Filter.Comparison(NAME, Operator.EQ, "b");
        Answer<List<Long>> counts = table.counts(List.of(b, Filter.NONE, Filter.ALL), AMPLE);
        assertThat(counts.value()).containsExactly(2L, 0L, 3L);
        assertThat(counts.asOf()).isEqualTo(checkpoint());
    }

    @Test
    void appliesCommitsWhole() {
        rebuild(1, insert(1, "one"), insert(2, "two"), insert(3, "three"));
        try (ChangeWriter changes = writer.changes()) {
            commit(changes, 2, insert(4, "four"), delete(1), update(2, "zwei"));
            assertThat(document(1)).isEqualTo("one");
            commit(changes, 3, update(4, "vier"));
            assertThat(document(4)).isEqualTo("absent");
            changes.publish(revision(3), "file 3");
        }
        assertThat(documents(1, 2, 3, 4)).containsExactly("absent", "zwei", "three", "vier");
        assertThat(checkpoint().revision()).isEqualTo(revision(3));
        assertThat(checkpoint().entities()).isEqualTo(3);
        assertThat(((Lookup.Found) lookup(2)).entity().revision()).isEqualTo(revision(2));
    }

    @Test
    void takesBackWhatIsNotPublished() {
        rebuild(1, insert(1, "one"), insert(3, "three"));
        try (ChangeWriter changes = writer.changes()) {
            commit(changes, 2, update(1, "eins"), insert(2, "two"), delete(3), insert(1, "uno"));
        }
        assertThat(documents(1, 2, 3)).containsExactly("one", "absent", "three");
        commit(2, insert(2, "zwei"), delete(1));
        assertThat(documents(1, 2, 3)).containsExactly("absent", "zwei", "three");
        assertThat(letters()).isEmpty();
    }

    @Test
    void anUpsertWinsOverEveryDeleteInItsCommit() {
        rebuild(1, insert(1, "one"), insert(2, "two"), insert(3, "three"), insert(4, "four"));
        CommitEffect effect = commit(
                2,
                update(1, "a"),
                delete(1),
                delete(2),
                update(2, "b"),
                insert(3, "c"),
                delete(3),
                delete(4),
                insert(4, "d"));
        assertThat(documents(1, 2, 3, 4)).containsExactly("a", "b", "c", "d");
        assertThat(effect).isEqualTo(new CommitEffect(8, 0, 4, 0));
        assertThat(letters()).isEmpty();
    }

    @Test
    void aReplayOfAnAppliedCommitChangesNothing() {
        rebuild(1, insert(1, "one"));
        commit(2, delete(1), insert(2, "two"));
        commit(3, insert(1, "again"), update(2, "zwei"));
        try (ChangeWriter changes = writer.changes()) {
            assertThat(commit(changes, 2, delete(1), insert(2, "two"))).isEqualTo(new CommitEffect(0, 0, 2, 0));
            commit(changes, 3, insert(1, "again"), update(2, "zwei"));
            changes.publish(revision(3), "file 3");
        }
        assertThat(documents(1, 2)).containsExactly("again", "zwei");
        assertThat(letters()).isEmpty();
    }

    @Test
    void saysWhatACommitDoes() {
        rebuild(1, insert(1, "a"), insert(2, "b"), insert(3, "c"), insert(4, "d"));
        assertThat(commit(2, delete(1), delete(2), insert(2, "B"), update(3, "C"), insert(5, "e")))
                .isEqualTo(new CommitEffect(5, 0, 4, 1));
        assertThat(commit(3, delete(9), delete(2), delete(3), unservable(3L, "bad"), insert(4, "D")))
                .as("an unknown key, a gone one, one that is withheld from now on, a duplicate")
                .isEqualTo(new CommitEffect(5, 2, 4, 1));
        assertThat(commit(4, delete(5), unservable(null, "no key"))).isEqualTo(new CommitEffect(2, 1, 1, 1));
        assertThat(commit(5)).isEqualTo(new CommitEffect(0, 0, 0, 0));
    }

    @Test
    void saysWhatEachOfSeveralCommitsTogetherDoes() {
        rebuild(1, insert(1, "a"), insert(2, "b"));
        try (ChangeWriter changes = writer.changes()) {
            assertThat(commit(changes, 2, delete(1), insert(3, "c"))).isEqualTo(new CommitEffect(2, 0, 2, 1));
            assertThat(commit(changes, 3, delete(3), delete(2))).isEqualTo(new CommitEffect(2, 0, 2, 2));
            assertThat(commit(changes, 4, insert(1, "again"))).isEqualTo(new CommitEffect(1, 0, 0, 0));
            changes.publish(revision(4), "file 4");
        }
        assertThat(documents(1, 2, 3)).containsExactly("again", "absent", "absent");
        assertThat(checkpoint().entities()).isEqualTo(1);
    }

    @Test
    void aRejectedCommitIsLeftOutAndTheTableSaidToDivergeSinceIt() {
        rebuild(1, insert(1, "one"), insert(2, "two"));
        try (ChangeWriter changes = writer.changes()) {
            changes.reject(revision(2));
            changes.publish(revision(2), "file 2");
        }
        assertThat(checkpoint().revision()).isEqualTo(revision(2));
        assertThat(checkpoint().divergedSince()).isEqualTo(2);
        assertThat(documents(1, 2)).containsExactly("one", "two");
        commit(3, insert(1, "uno"), update(3, "tre"), delete(9));
        assertThat(checkpoint().divergedSince()).isEqualTo(2);
        assertThat(documents(1, 2, 3)).as("version 2 may have deleted it").containsExactly("uno", "two", "tre");
        assertThat(letters()).isEmpty();
        commit(4, insert(5, "a"), insert(5, "b"));
        assertThat(document(5)).as("two rows of one commit are two").isEqualTo("withheld");
        try (ChangeWriter changes = writer.changes()) {
            changes.reject(revision(5));
            changes.publish(revision(5), "file 5");
        }
        assertThat(checkpoint().divergedSince()).isEqualTo(2);
        rebuild(5, insert(1, "one"));
        assertThat(checkpoint().divergedSince()).isNull();
    }

    @Test
    void aRejectThatIsNotPublishedIsTakenBack() {
        rebuild(1, insert(1, "one"));
        try (ChangeWriter changes = writer.changes()) {
            changes.reject(revision(2));
        }
        commit(2, delete(1));
        assertThat(checkpoint().divergedSince()).isNull();
        assertThat(document(1)).isEqualTo("absent");
    }

    @Test
    void anotherLayoutIsServedOnlyIfItIsCovered() {
        rebuild(1, insert(1, "one"));
        IndexedColumn more = new IndexedColumn(List.of("more"), new FieldType.DateType());
        StoredTable wider = store.table(gold(List.of(ID, NAME, more)));
        assertThat(wider.coversLayout()).isFalse();
        assertThatThrownBy(() -> wider.get(EntityKey.of(1L))).isInstanceOf(TableNotServed.class);
        assertThatIllegalStateException()
                .isThrownBy(() -> wider.writer(1).changes())
                .withMessageContaining("rebuilt");

        StoredTable narrower = store.table(gold(List.of(ID)));
        assertThat(narrower.coversLayout()).isTrue();
        assertThat(narrower.get(EntityKey.of(1L)).value()).isInstanceOf(Lookup.Found.class);
        try (ChangeWriter changes = narrower.writer(1).changes()) {
            commit(changes, 2, new Upserted(EntityKey.of(2L), bytes("two"), List.of(2L), true));
            changes.publish(revision(2), "file 2");
        }
        assertThat(narrower.coversLayout()).isTrue();
        assertThat(table.coversLayout()).isFalse();
    }

    @Test
    void keepsTheWorkersStateAlsoDuringAWrite() {
        assertThat(table.status()).isEqualTo(SyncStatus.unknown());
        Instant at = Instant.parse("2026-01-06T10:00:01Z");
        SyncStatus full = new SyncStatus(
                SyncStatus.State.HELD,
                "look there",
                2,
                at,
                new SyncStatus.Load(1, 2, 3.5, 0.5, at.plusSeconds(1)),
                new SyncStatus.Hold(SyncStatus.Guard.DELETES, 2, true, "too many", at.plusSeconds(2)),
                new SyncStatus.Failure("broken", at.plusSeconds(3)),
                at.plusSeconds(4),
                at.plusSeconds(5));
        writer.report(full);
        assertThat(table.status()).isEqualTo(full);
        rebuild(1, insert(1, "one"));
        SyncStatus bare = new SyncStatus(SyncStatus.State.FOLLOWING, null, -1, null, null, null, null, null, at);
        try (ChangeWriter changes = writer.changes()) {
            commit(changes, 2, update(1, "eins"));
            writer.report(bare);
            assertThat(table.status()).isEqualTo(bare);
        }
    }

    @Test
    void keepsSettings() {
        assertThat(store.setting("secret")).isEmpty();
        assertThat(store.settingOr("secret", bytes("a"))).isEqualTo(bytes("a"));
        assertThat(store.settingOr("secret", bytes("b"))).isEqualTo(bytes("a"));
        store.putSetting("secret", bytes("c"));
        assertThat(store.setting("secret"))
                .hasValueSatisfying(value -> assertThat(value).isEqualTo(bytes("c")));
    }

    @Test
    void givesTheSameObjectForTheSameTable() {
        assertThat(store.table(gold(List.of(ID, NAME)))).isSameAs(table);
    }
}
