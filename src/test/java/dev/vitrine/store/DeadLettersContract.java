package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every store promises about rows that cannot be served: how many rows a key has decides.
public abstract class DeadLettersContract extends StoreFixture {

    @Test
    void twoRowsOfAKeyInACommitWithholdIt() {
        rebuild(1, insert(1, "one"));
        commit(2, insert(2, "a"), insert(2, "b"), insert(2, "c"), update(1, "x"), update(1, "y"), delete(1));
        assertThat(lookup(2)).isEqualTo(new Lookup.Withheld(Reason.DUPLICATE_KEY));
        assertThat(lookup(1)).isEqualTo(new Lookup.Withheld(Reason.DUPLICATE_KEY));
        assertThat(rows()).containsExactlyInAnyOrder("a", "b", "c", "x", "y");
        assertThat(table.withholds()).isTrue();
    }

    @Test
    void anInsertOverALiveKeyWithholdsAllCopies() {
        rebuild(1, insert(1, "one"), insert(2, "two"), insert(3, "three"));
        CommitEffect effect = commit(2, insert(1, "uno"), insert(2, "due"), insert(2, "dos"));
        assertThat(effect).isEqualTo(new CommitEffect(3, 3, 3, 0));
        assertThat(documents(1, 2, 3)).containsExactly("withheld", "withheld", "three");
        assertThat(rows()).containsExactlyInAnyOrder("one", "uno", "two", "due", "dos");
        assertThat(checkpoint().entities()).isEqualTo(1);
    }

    @Test
    void ofTwoCopiesOneIsDeletedAndTheOtherServedAgain() {
        rebuild(1, insert(1, "a"), insert(1, "b"), insert(2, "c"), insert(2, "d"));
        commit(2, delete(1L, "b"), delete(2L, "c"));
        assertThat(documents(1, 2)).containsExactly("a", "d");
        Lookup.Found found = (Lookup.Found) lookup(1);
        assertThat(found.entity().revision()).isEqualTo(revision(2));
        assertThat(letters()).isEmpty();
        assertThat(table.withholds()).isFalse();
        assertThat(checkpoint().entities()).isEqualTo(2);
        assertThat(table.count(byName("d"), AMPLE).value()).isEqualTo(1);
    }

    @Test
    void ofTwoCopiesOneIsUpdatedAndBothStayWithheld() {
        rebuild(1, insert(1, "a"), insert(1, "b"));
        commit(2, insert(1, "B"), delete(1L, "b"));
        assertThat(document(1)).isEqualTo("withheld");
        assertThat(rows()).containsExactlyInAnyOrder("a", "B");
    }

    @Test
    void aDeleteWithoutARowThatEqualsOneRemovesTheOldest() {
        rebuild(1, insert(1, "a"), insert(1, "b"));
        commit(2, insert(1, "c"), delete(1));
        assertThat(document(1)).isEqualTo("withheld");
        assertThat(rows()).contains("c").hasSize(2);
        commit(3, delete(1));
        assertThat(document(1)).isEqualTo("c");
    }

    @Test
    void whatCannotBeServedIsWithheldUntilItIsMendedOrDeleted() {
        rebuild(1, insert(1, "one"), insert(2, "two"), insert(3, "three"), insert(4, "four"));
        commit(
                2,
                delete(1),
                unservable(1L, "bad 1"),
                unservable(2L, "bad 2"),
                delete(2),
                delete(3),
                unservable(3L, "bad 3"));
        assertThat(documents(1, 2, 3, 4)).containsExactly("withheld", "withheld", "withheld", "four");
        assertThat(lookup(1)).isEqualTo(new Lookup.Withheld(Reason.VALUE_OUT_OF_TYPE));
        commit(3, update(1, "eins"), delete(2L, "bad 2"), unservable(3L, "worse"), delete(3L, "bad 3"));
        assertThat(documents(1, 2, 3)).containsExactly("eins", "absent", "withheld");
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(EntityKey.of(3L));
            assertThat(letter.version()).isEqualTo(3);
            assertThat(letter.table()).isEqualTo("shop/things");
            assertThat(letter.reason()).isEqualTo(Reason.VALUE_OUT_OF_TYPE);
            assertThat(letter.detail()).isEqualTo("too large");
            assertThat(text(letter.row())).isEqualTo("worse");
        });
        assertThat(table.deadLetterCount()).isEqualTo(1);
    }

    @Test
    void aServableRowBesideOneThatIsNotIsServedWhenItIsAlone() {
        rebuild(1, insert(9, "nine"));
        commit(2, insert(1, "a"), unservable(1L, "bad"), unservable(2L, "bad"), insert(2, "b"), delete(2));
        assertThat(documents(1, 2)).containsExactly("withheld", "withheld");
        assertThat(lookup(1)).isEqualTo(new Lookup.Withheld(Reason.VALUE_OUT_OF_TYPE));
        assertThat(rows()).containsExactlyInAnyOrder("a", "bad", "bad", "b");
        commit(3, delete(1L, "bad"), delete(2L, "b"));
        assertThat(documents(1, 2)).containsExactly("a", "withheld");
    }

    @Test
    void whyAKeyIsWithheldFollowsItsRows() {
        rebuild(1, insert(1, "a"));
        commit(2, insert(1, "b"), unservable(1L, "bad"));
        assertThat(lookup(1)).isEqualTo(new Lookup.Withheld(Reason.VALUE_OUT_OF_TYPE));
        commit(3, delete(1L, "bad"));
        assertThat(lookup(1)).isEqualTo(new Lookup.Withheld(Reason.DUPLICATE_KEY));
    }

    @Test
    void rowsWithoutKeyAreKeptUntilAnEqualOneIsDeleted() {
        rebuild(1, insert(1, "one"), unservable(null, "x"), unservable(null, "x"), unservable(null, "y"));
        commit(2, unservable(null, "z"), delete(null, "x"), delete(null, "unknown"));
        assertThat(rows()).containsExactlyInAnyOrder("x", "y", "z");
        assertThat(letters()).allSatisfy(letter -> assertThat(letter.key()).isNull());
        commit(3, delete(null, "x"), delete(null, "y"), delete(null, "z"));
        assertThat(letters()).isEmpty();
        assertThat(table.withholds()).isFalse();
    }

    @Test
    void whatACommitPutsRightItselfIsNoLetterOfIt() {
        rebuild(1, unservable(1L, "bad"));
        CommitEffect effect = commit(2, insert(1, "good"), delete(1L, "bad"));
        assertThat(effect).isEqualTo(new CommitEffect(2, 0, 0, 0));
        assertThat(document(1)).isEqualTo("good");
        assertThat(checkpoint().entities()).isEqualTo(1);
    }

    @Test
    void aTableThatIsWrittenAnewWithItsBadRowsHasNoNewLetters() {
        rebuild(
                1,
                insert(1, "one"),
                unservable(2L, "bad"),
                insert(3, "a"),
                insert(3, "b"),
                unservable(null, "x"),
                unservable(null, "x"),
                unservable(4L, "worse"));
        table.deadLetters(Long.MAX_VALUE, 100).stream()
                .filter(letter -> text(letter.row()).equals("worse"))
                .forEach(letter -> writer.dismiss(List.of(letter.id())));
        assertThat(commit(
                        2,
                        unservable(2L, "bad"),
                        insert(3, "b"),
                        delete(1L, "one"),
                        delete(2L, "bad"),
                        delete(3L, "a"),
                        delete(3L, "b"),
                        delete(null, "x"),
                        delete(null, "x"),
                        delete(4L, "worse"),
                        unservable(4L, "worse"),
                        unservable(null, "x"),
                        unservable(null, "x"),
                        insert(3, "a"),
                        insert(1, "one")))
                .isEqualTo(new CommitEffect(14, 0, 1, 0));
        assertThat(rows()).containsExactlyInAnyOrder("bad", "a", "b", "x", "x", "worse");

        CommitEffect worse = commit(
                3,
                delete(2L, "bad"),
                unservable(2L, "bad"),
                unservable(2L, "second"),
                insert(3, "c"),
                unservable(null, "y"));
        assertThat(worse.letters()).isEqualTo(3);
    }

    @Test
    void lettersComeInPagesNewestFirst() {
        rebuild(1, insert(1, "one"));
        for (long version = 2; version < 7; version++) {
            commit(version, unservable(null, "row " + version));
        }
        List<DeadLetter> first = table.deadLetters(Long.MAX_VALUE, 2);
        assertThat(first.stream().map(letter -> text(letter.row()))).containsExactly("row 6", "row 5");
        assertThat(table.deadLetters(first.getLast().id(), 100).stream().map(letter -> text(letter.row())))
                .containsExactly("row 4", "row 3", "row 2");
    }

    @Test
    void lettersAreCountedByReason() {
        rebuild(1, insert(1, "a"), insert(1, "b"), unservable(2L, "x"), unservable(null, "y"));
        assertThat(table.deadLettersByReason())
                .isEqualTo(Map.of(Reason.DUPLICATE_KEY, 2L, Reason.VALUE_OUT_OF_TYPE, 1L, Reason.NULL_KEY, 1L));
        assertThat(table.deadLetterCount()).isEqualTo(4);
    }

    @Test
    void aDismissedLetterIsGoneAndItsKeyStaysWithheld() {
        rebuild(1, insert(1, "a"), insert(1, "b"), unservable(2L, "bad"), unservable(null, "x"));
        List<Long> ids = letters().map(DeadLetter::id).toList();
        assertThat(writer.dismiss(List.of(ids.getFirst(), 12345678L))).isEqualTo(1);
        assertThat(writer.dismiss(ids)).isEqualTo(3);
        assertThat(letters()).isEmpty();
        assertThat(table.deadLetterCount()).isZero();
        assertThat(documents(1, 2)).containsExactly("withheld", "withheld");
        assertThat(table.withholds()).isTrue();
    }

    @Test
    void dismissedRowsCountUntilTheyAreDeleted() {
        rebuild(1, insert(1, "a"), insert(1, "b"), unservable(2L, "bad"), unservable(3L, "bad"));
        dismiss("b", "bad");
        commit(2, delete(1L, "b"), delete(2L, "bad"), insert(2, "good"), insert(3, "c"));
        assertThat(documents(1, 2, 3)).containsExactly("a", "good", "withheld");
        commit(3, delete(3L, "bad"));
        assertThat(document(3)).isEqualTo("c");
    }

    @Test
    void idsOfLettersAreNotUsedAgain() {
        rebuild(1, unservable(1L, "bad"));
        long first = letters().findFirst().orElseThrow().id();
        writer.dismiss(List.of(first));
        commit(2, unservable(2L, "bad"));
        long second = letters().findFirst().orElseThrow().id();
        rebuild(3, unservable(1L, "bad"));
        long third = letters().findFirst().orElseThrow().id();
        assertThat(List.of(first, second, third)).doesNotHaveDuplicates().isSorted();
        assertThat(writer.dismiss(List.of(first, second))).isZero();
    }

    @Test
    void aReplayPutsRightWhatCanBeServedNow() {
        rebuild(4, unservable(1L, "1"), insert(2, "a"), insert(2, "b"), unservable(3L, "3"), unservable(null, "x"));
        clock.pass(Duration.ofHours(1));
        writer.replay(
                List.of(EntityKey.of(1L), EntityKey.of(2L), EntityKey.of(3L), EntityKey.of(4L)),
                true,
                List.of(insert(1, "one"), insert(2, "b"), insert(2, "c"), unservable(3L, "3"), unservable(null, "x")));
        assertThat(documents(1, 2, 3, 4)).containsExactly("one", "withheld", "withheld", "absent");
        assertThat(rows()).containsExactlyInAnyOrder("b", "c", "3", "x");
        assertThat(checkpoint().revision()).isEqualTo(revision(4));
        assertThat(checkpoint().entities()).isEqualTo(1);
        assertThat(((Lookup.Found) lookup(1)).entity().revision()).isEqualTo(revision(4));
        assertThat(letters()).allSatisfy(letter -> {
            boolean known = !text(letter.row()).equals("c");
            assertThat(letter.firstSeen())
                    .isEqualTo(clock.instant().minus(known ? Duration.ofHours(1) : Duration.ZERO));
            assertThat(letter.lastSeen()).isEqualTo(clock.instant());
        });
        assertThat(lookup(3)).isEqualTo(new Lookup.Withheld(Reason.VALUE_OUT_OF_TYPE));
    }

    @Test
    void aReplayLeavesOtherKeysAlone() {
        rebuild(1, unservable(1L, "1"), unservable(2L, "2"), insert(3, "three"), unservable(null, "x"));
        writer.replay(List.of(EntityKey.of(1L), EntityKey.of(3L)), false, List.of(insert(3, "three")));
        assertThat(documents(1, 2, 3)).containsExactly("absent", "withheld", "three");
        assertThat(rows()).containsExactlyInAnyOrder("2", "x");
        assertThat(checkpoint().entities()).isEqualTo(1);
    }

    @Test
    void aTidyingRemovesOldLettersAndNothingElse() {
        rebuild(1, insert(1, "one"), unservable(2L, "old"), unservable(null, "old too"));
        clock.pass(Duration.ofDays(30));
        commit(2, unservable(3L, "new"));
        writer.tidy(clock.instant().minus(Duration.ofDays(7)));
        assertThat(rows()).containsExactly("new");
        assertThat(documents(1, 2, 3)).containsExactly("one", "withheld", "withheld");
    }

    private void dismiss(String... rows) {
        writer.dismiss(letters()
                .filter(letter -> List.of(rows).contains(text(letter.row())))
                .map(DeadLetter::id)
                .toList());
    }

    private static Filter byName(String name) {
        return new Filter.Comparison(NAME, dev.vitrine.contract.RowFilter.Operator.EQ, name);
    }
}
