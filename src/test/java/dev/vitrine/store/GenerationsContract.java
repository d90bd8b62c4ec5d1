package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store promises about new generations beside the served one.
public abstract class GenerationsContract extends StoreFixture {

    @Test
    void servesNothingOfARebuildThatIsNotSwapped() {
        try (GenerationWriter load = writer.rebuild(origin(1))) {
            load.add(List.of(insert(1, "one")));
            load.seal();
        }
        assertThat(table.checkpoint()).isEmpty();
        rebuild(2, insert(1, "new"));
        try (GenerationWriter load = writer.rebuild(origin(3))) {
            load.add(List.of(insert(1, "newer")));
        }
        assertThat(document(1)).isEqualTo("new");
    }

    @Test
    void aRebuildReplacesWhatWasServed() {
        rebuild(1, insert(1, "one"), insert(2, "two"));
        long before = checkpoint().generation();
        rebuild(2, insert(1, "uno"));
        assertThat(documents(1, 2)).containsExactly("uno", "absent");
        assertThat(checkpoint().generation()).isGreaterThan(before);
    }

    @Test
    void theSameVersionCanBeLoadedAnewAndAnOlderOneNot() {
        rebuild(5, insert(1, "one"));
        rebuild(5, insert(1, "uno"));
        assertThatIllegalStateException()
                .isThrownBy(() -> rebuild(4, insert(1, "old")))
                .withMessageContaining("version 4");
        assertThat(document(1)).isEqualTo("uno");
    }

    @Test
    void aRebuildWithholdsDuplicatesAndUnservableRowsAndCountsThemAll() {
        try (GenerationWriter load = writer.rebuild(origin(1))) {
            load.add(List.of(insert(1, "a"), insert(2, "b"), insert(1, "c"), insert(3, "d")));
            load.add(List.of(unservable(3L, "bad"), unservable(null, "x"), unservable(4L, "1"), unservable(4L, "2")));
            assertThat(load.seal()).isEqualTo(new Sealed(8, 7));
            assertThat(load.checkpoint().entities()).isEqualTo(1);
            load.swap();
        }
        assertThat(documents(1, 2, 3, 4)).containsExactly("withheld", "b", "withheld", "withheld");
        assertThat(lookup(1)).isEqualTo(new Lookup.Withheld(Reason.DUPLICATE_KEY));
        assertThat(lookup(3)).isEqualTo(new Lookup.Withheld(Reason.VALUE_OUT_OF_TYPE));
        assertThat(rows()).containsExactlyInAnyOrder("a", "c", "d", "bad", "x", "1", "2");
    }

    @Test
    void aLoadIsGoneOnWithWhereItWasKept() throws Exception {
        try (GenerationWriter load = writer.rebuild(origin(7))) {
            assertThat(load.origin()).isEqualTo(origin(7));
            assertThat(load.kept()).isEqualTo(new Kept(0, 0, false));
            load.add(List.of(insert(1, "one"), insert(2, "two")));
            load.add(List.of(unservable(3L, "bad")));
            load.keep(1);
            assertThat(load.kept()).isEqualTo(new Kept(1, 3, false));
            load.add(List.of(insert(4, "of the second file, which is not in whole")));
        }
        reopen();
        try (GenerationWriter load = writer.unfinished().orElseThrow()) {
            assertThat(load.origin()).isEqualTo(origin(7));
            assertThat(load.kept()).isEqualTo(new Kept(1, 3, false));
            load.add(List.of(insert(4, "four")));
            load.keep(2);
            assertThat(load.seal()).isEqualTo(new Sealed(4, 1));
            load.swap();
        }
        assertThat(documents(1, 2, 3, 4)).containsExactly("one", "two", "withheld", "four");
        assertThat(checkpoint().revision()).isEqualTo(revision(7));
        assertThat(writer.unfinished()).isEmpty();
    }

    @Test
    void aSealedLoadIsGoneOnWithAndSaysTheSame() throws Exception {
        rebuild(1, insert(1, "old"));
        Sealed sealed;
        try (GenerationWriter load = writer.rebuild(origin(2))) {
            load.add(List.of(insert(1, "one"), insert(2, "two"), insert(2, "zwei")));
            load.keep(1);
            sealed = load.seal();
            assertThat(load.seal()).isEqualTo(sealed);
        }
        reopen();
        assertThat(document(1)).isEqualTo("old");
        try (GenerationWriter load = writer.unfinished().orElseThrow()) {
            assertThat(load.kept()).isEqualTo(new Kept(1, 3, true));
            assertThat(load.seal()).isEqualTo(sealed);
            assertThatIllegalStateException().isThrownBy(() -> load.add(List.of(insert(3, "three"))));
            load.swap();
        }
        assertThat(documents(1, 2)).containsExactly("one", "withheld");
    }

    @Test
    void aNewLoadThrowsAnUnfinishedOneAway() {
        try (GenerationWriter load = writer.rebuild(origin(1))) {
            load.add(List.of(insert(1, "one")));
            load.keep(1);
        }
        writer.rebuild(origin(2)).discard();
        assertThat(writer.unfinished()).isEmpty();
    }

    @Test
    void aLoadOfAnotherLayoutIsNotGoneOnWith() {
        try (GenerationWriter load = writer.rebuild(origin(1))) {
            load.keep(1);
        }
        IndexedColumn more = new IndexedColumn(List.of("more"), new FieldType.DateType());
        TableWriter wider = store.table(gold(List.of(ID, NAME, more))).writer(1);
        assertThat(wider.unfinished()).isEmpty();
    }

    @Test
    void whatIsDiscardedIsGone() {
        GenerationWriter load = writer.rebuild(origin(1));
        load.add(List.of(insert(1, "one")));
        load.keep(1);
        load.seal();
        load.discard();
        load.close();
        assertThat(writer.unfinished()).isEmpty();
    }

    @Test
    void thereIsOneLoadAtATime() {
        try (GenerationWriter load = writer.rebuild(origin(1))) {
            assertThatIllegalStateException().isThrownBy(() -> writer.rebuild(origin(2)));
            assertThatIllegalStateException().isThrownBy(() -> writer.unfinished());
            assertThat(load.kept().files()).isZero();
        }
        writer.rebuild(origin(2)).close();
    }

    @Test
    void theServedGenerationIsIncrementedBesideALoad() {
        rebuild(1, insert(1, "one"));
        try (GenerationWriter load = writer.rebuild(origin(3))) {
            load.add(List.of(insert(1, "three")));
            commit(2, update(1, "two"));
            assertThat(document(1)).isEqualTo("two");
            load.seal();
            load.swap();
        }
        assertThat(document(1)).isEqualTo("three");
    }

    @Test
    void aSealedLoadCatchesUpUnseen() throws Exception {
        rebuild(1, insert(1, "one"), insert(2, "two"));
        try (GenerationWriter load = writer.rebuild(origin(2))) {
            load.add(List.of(insert(1, "one"), insert(2, "two")));
            load.keep(1);
            load.seal();
            commit(3, update(1, "eins"));
            commit(4, delete(2));
            catchUp(load, 3, update(1, "eins"));
            assertThat(load.checkpoint().revision()).isEqualTo(revision(3));
        }
        reopen();
        assertThat(documents(1, 2)).containsExactly("eins", "absent");
        try (GenerationWriter load = writer.unfinished().orElseThrow()) {
            assertThat(load.origin()).isEqualTo(origin(2));
            assertThat(load.checkpoint().revision()).isEqualTo(revision(3));
            assertThatIllegalStateException().isThrownBy(load::swap).withMessageContaining("version 3");
            assertThat(catchUp(load, 4, delete(2))).isEqualTo(new CommitEffect(1, 0, 2, 1));
            assertThat(load.seal()).as("what was sealed").isEqualTo(new Sealed(2, 0));
            load.swap();
        }
        assertThat(documents(1, 2)).containsExactly("eins", "absent");
        assertThat(checkpoint().revision()).isEqualTo(revision(4));
        assertThat(checkpoint().entities()).isEqualTo(1);
        assertThat(checkpoint().commitFile()).isEqualTo("file 4");
    }

    @Test
    void aCommitThatIsNotPublishedInALoadIsTakenBack() {
        try (GenerationWriter load = writer.rebuild(origin(1))) {
            load.add(List.of(insert(1, "one")));
            load.seal();
            try (ChangeWriter changes = load.changes()) {
                commit(changes, 2, delete(1));
                assertThatIllegalStateException().isThrownBy(load::swap);
            }
            load.swap();
        }
        assertThat(document(1)).isEqualTo("one");
    }

    @Test
    void saysHowManyKeysASwapWouldRemove() {
        rebuild(1, insert(1, "one"), insert(2, "two"), insert(3, "three"), unservable(4L, "bad"));
        try (GenerationWriter load = writer.rebuild(origin(2))) {
            load.add(List.of(insert(1, "uno"), unservable(2L, "bad"), insert(9, "nine")));
            load.seal();
            assertThat(load.removed())
                    .as("3; 2 is withheld from now on, 4 was before")
                    .isEqualTo(1);
            catchUp(load, 3, delete(1), insert(3, "drei"));
            assertThat(load.removed()).isEqualTo(1);
            load.discard();
        }
    }

    @Test
    void aFirstLoadAndOneWithAnotherKeyRemoveNothing() {
        try (GenerationWriter load = writer.rebuild(origin(1))) {
            load.add(List.of(insert(1, "one")));
            load.seal();
            assertThat(load.removed()).isZero();
            load.swap();
        }
        IndexedColumn key = new IndexedColumn(List.of("id"), FieldType.StringType.any());
        TableWriter other = store.table(gold(List.of(key))).writer(1);
        try (GenerationWriter load = other.rebuild(origin(1))) {
            load.add(List.of(new Upserted(EntityKey.of("x"), bytes("x"), List.of("x"), true)));
            load.seal();
            assertThat(load.removed()).isZero();
            load.swap();
        }
    }

    @Test
    void alsoAWiderLayoutSaysWhatItWouldRemove() {
        rebuild(1, insert(1, "one"), insert(2, "two"));
        IndexedColumn more = new IndexedColumn(List.of("more"), FieldType.StringType.any());
        TableWriter wider = store.table(gold(List.of(more, ID, NAME))).writer(1);
        try (GenerationWriter load = wider.rebuild(origin(1))) {
            load.add(List.of(new Upserted(EntityKey.of(1L), bytes("one"), List.of("more", 1L, "one"), true)));
            load.seal();
            assertThat(load.removed()).isEqualTo(1);
            load.swap();
        }
        assertThat(table.get(EntityKey.of(1L)).value()).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void lettersKeepWhenTheyWereFirstSeen() {
        rebuild(1, unservable(1L, "bad"), insert(2, "a"), insert(2, "b"), unservable(null, "x"));
        Instant first = clock.instant();
        clock.pass(Duration.ofHours(1));
        rebuild(
                2,
                unservable(1L, "worse"),
                insert(2, "a"),
                insert(2, "b"),
                unservable(null, "x"),
                unservable(3L, "bad"));
        assertThat(letters()).allSatisfy(letter -> {
            boolean old = List.of("a", "b", "x").contains(text(letter.row()));
            assertThat(letter.firstSeen()).as(text(letter.row())).isEqualTo(old ? first : clock.instant());
            assertThat(letter.lastSeen()).isEqualTo(clock.instant());
        });
        assertThat(letters()).hasSize(5);
    }

    protected static CommitEffect catchUp(
            GenerationWriter load, long version, dev.vitrine.entity.EntityChange... rows) {
        try (ChangeWriter changes = load.changes()) {
            CommitEffect effect = commit(changes, version, rows);
            changes.publish(revision(version), "file " + version);
            return effect;
        }
    }
}
