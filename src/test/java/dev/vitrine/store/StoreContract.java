package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store promises.
public abstract class StoreContract {

    protected static final IndexedColumn ID =
            new IndexedColumn(List.of("id"), new FieldType.IntegerType(false, null, null));
    protected static final IndexedColumn NAME = new IndexedColumn(List.of("name"), FieldType.StringType.any());
    protected static final ReadBudget AMPLE = new ReadBudget(1_000_000, Duration.ofSeconds(30));

    protected EntityStore store;
    protected StoredTable table;

    /// A new and empty store.
    protected abstract EntityStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
        table = store.table(gold(List.of(ID, NAME)));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    protected static GoldTable gold(List<IndexedColumn> indexed) {
        List<Field> columns = indexed.stream()
                .map(column -> new Field(
                        column.path().getLast(),
                        column.path().getLast(),
                        column.type(),
                        column.equals(ID),
                        true,
                        null,
                        null,
                        null,
                        List.of()))
                .toList();
        return new GoldTable(
                "shop",
                "things",
                "/lake/things",
                columns,
                List.of(ID),
                indexed,
                List.of(),
                0.5,
                Duration.ofMinutes(1),
                null);
    }

    @Test
    void servesNothingBeforeTheFirstRebuild() {
        assertThat(table.checkpoint()).isEmpty();
        assertThat(table.coversLayout()).isFalse();
        assertThat(table.deadLetters(10)).isEmpty();
        assertThat(table.deadLetterCount()).isZero();
        assertThatThrownBy(() -> table.get(EntityKey.of(1L)))
                .isInstanceOf(TableNotServed.class)
                .hasMessageContaining("shop/things");
        assertThatIllegalStateException().isThrownBy(() -> table.changes()).withMessageContaining("shop/things");
    }

    @Test
    void servesWhatARebuildLoaded() {
        rebuild(3, insert(1, "one"), insert(2, "two"));
        assertThat(document(1)).isEqualTo("one");
        assertThat(table.get(EntityKey.of(9L)).value()).isEqualTo(new Lookup.Absent());
        Checkpoint checkpoint = table.checkpoint().orElseThrow();
        assertThat(checkpoint.revision()).isEqualTo(revision(3));
        assertThat(checkpoint.tableId()).isEqualTo("id-of-things");
        assertThat(checkpoint.commitFile()).isEqualTo("file 3");
        assertThat(table.get(EntityKey.of(1L)).asOf()).isEqualTo(checkpoint);
        assertThat(table.coversLayout()).isTrue();
    }

    @Test
    void readsManyKeysInTheirOrderAtOneState() {
        rebuild(3, insert(1, "one"), insert(2, "two"), insert(4, "four"), insert(4, "four again"));
        Answer<List<Lookup>> answer = table.getAll(
                List.of(EntityKey.of(2L), EntityKey.of(9L), EntityKey.of(4L), EntityKey.of(1L), EntityKey.of(2L)));
        assertThat(answer.asOf()).isEqualTo(table.checkpoint().orElseThrow());
        assertThat(answer.value())
                .extracting(lookup -> lookup instanceof Lookup.Found found
                        ? new String(found.entity().document(), StandardCharsets.UTF_8)
                        : lookup.getClass().getSimpleName())
                .containsExactly("two", "Absent", "Withheld", "one", "two");
        assertThat(table.getAll(List.of()).value()).isEmpty();
    }

    @Test
    void servesNothingOfARebuildThatIsNotSwapped() {
        try (GenerationWriter writer = table.rebuild()) {
            writer.add(revision(1), List.of(insert(1, "one")));
            writer.seal();
        }
        assertThat(table.checkpoint()).isEmpty();
        rebuild(2, insert(1, "new"));
        try (GenerationWriter writer = table.rebuild()) {
            writer.add(revision(3), List.of(insert(1, "newer")));
        }
        assertThat(document(1)).isEqualTo("new");
    }

    @Test
    void aRebuildReplacesWhatWasServed() {
        rebuild(1, insert(1, "one"), insert(2, "two"));
        rebuild(2, insert(1, "uno"));
        assertThat(document(1)).isEqualTo("uno");
        assertThat(document(2)).isEqualTo("absent");
        assertThat(table.checkpoint().orElseThrow().generation()).isEqualTo(2);
    }

    @Test
    void anOlderRebuildIsRefused() {
        rebuild(5, insert(1, "one"));
        assertThatIllegalStateException()
                .isThrownBy(() -> rebuild(4, insert(1, "old")))
                .withMessageContaining("version 4");
        assertThat(document(1)).isEqualTo("one");
    }

    @Test
    void appliesCommitsWhole() {
        rebuild(1, insert(1, "one"), insert(2, "two"), insert(3, "three"));
        try (ChangeWriter writer = table.changes()) {
            writer.begin(revision(2));
            writer.apply(List.of(insert(4, "four"), new Deleted(EntityKey.of(1L))));
            writer.apply(List.of(update(2, "zwei")));
            writer.end();
            assertThat(document(1)).isEqualTo("one");
            writer.begin(revision(3));
            writer.apply(List.of(update(4, "vier")));
            writer.end();
            assertThat(document(4)).isEqualTo("absent");
            writer.publish(revision(3), "file 3");
        }
        assertThat(documents()).containsExactly("absent", "zwei", "three", "vier");
        assertThat(table.checkpoint().orElseThrow().revision()).isEqualTo(revision(3));
        assertThat(found(2).entity().revision()).isEqualTo(revision(2));
    }

    @Test
    void takesBackWhatIsNotPublished() {
        rebuild(1, insert(1, "one"));
        try (ChangeWriter writer = table.changes()) {
            writer.begin(revision(2));
            writer.apply(List.of(update(1, "eins"), insert(2, "two")));
            writer.end();
        }
        assertThat(document(1)).isEqualTo("one");
        commit(2, insert(2, "zwei"));
        assertThat(document(2)).isEqualTo("zwei");
    }

    @Test
    void anUpsertWinsOverEveryDeleteInItsCommit() {
        rebuild(1, insert(1, "one"), insert(2, "two"), insert(3, "three"), insert(4, "four"));
        commit(
                2,
                update(1, "a"),
                delete(1),
                delete(2),
                update(2, "b"),
                insert(3, "c"),
                delete(3),
                delete(4),
                insert(4, "d"));
        assertThat(documents()).containsExactly("a", "b", "c", "d");
        assertThat(table.deadLetters(10)).isEmpty();
    }

    @Test
    void aReplayOfAnAppliedCommitChangesNothing() {
        rebuild(1, insert(1, "one"));
        commit(2, delete(1), insert(2, "two"));
        commit(3, insert(1, "again"), update(2, "zwei"));
        try (ChangeWriter writer = table.changes()) {
            writer.begin(revision(2));
            writer.apply(List.of(delete(1), insert(2, "two")));
            writer.end();
            writer.begin(revision(3));
            writer.apply(List.of(insert(1, "again"), update(2, "zwei")));
            writer.end();
            writer.publish(revision(3), "file 3");
        }
        assertThat(document(1)).isEqualTo("again");
        assertThat(document(2)).isEqualTo("zwei");
        assertThat(table.deadLetters(10)).isEmpty();
    }

    @Test
    void twoUpsertsOfAKeyInACommitWithholdIt() {
        rebuild(1, insert(1, "one"));
        commit(2, insert(2, "a"), insert(2, "b"), insert(2, "c"), update(1, "x"), update(1, "y"), delete(1));
        assertThat(table.get(EntityKey.of(2L)).value()).isEqualTo(new Lookup.Withheld(Reason.DUPLICATE_KEY));
        assertThat(table.get(EntityKey.of(1L)).value()).isEqualTo(new Lookup.Withheld(Reason.DUPLICATE_KEY));
        assertThat(letterRows()).containsExactlyInAnyOrder("a", "b", "c", "x", "y");
    }

    @Test
    void anInsertOverALiveKeyWithholdsAllCopies() {
        rebuild(1, insert(1, "one"), insert(2, "two"));
        commit(2, insert(1, "uno"), insert(2, "due"), insert(2, "dos"));
        assertThat(document(1)).isEqualTo("withheld");
        assertThat(document(2)).isEqualTo("withheld");
        assertThat(letterRows()).containsExactlyInAnyOrder("one", "uno", "two", "due", "dos");
    }

    @Test
    void aLaterUpsertOrDeleteCuresAWithheldKey() {
        rebuild(1, insert(1, "one"), insert(2, "two"), insert(3, "three"));
        commit(2, unservable(1L), unservable(2L), unservable(3L));
        assertThat(documents()).containsExactly("withheld", "withheld", "withheld", "absent");
        commit(3, update(1, "eins"), delete(2), unservable(3L));
        assertThat(documents()).containsExactly("eins", "absent", "withheld", "absent");
        assertThat(table.deadLetterCount()).isEqualTo(1);
        assertThat(table.deadLetters(10)).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(EntityKey.of(3L));
            assertThat(letter.version()).isEqualTo(3);
            assertThat(letter.table()).isEqualTo("shop/things");
            assertThat(letter.reason()).isEqualTo(Reason.VALUE_OUT_OF_TYPE);
            assertThat(letter.detail()).isEqualTo("too large");
        });
    }

    @Test
    void anUnservableRowBesideAnotherOfItsKeyWithholdsBoth() {
        rebuild(1, insert(9, "nine"));
        commit(2, insert(1, "a"), unservable(1L), unservable(2L), insert(2, "b"), delete(2));
        assertThat(documents()).containsExactly("withheld", "withheld", "absent", "absent");
        assertThat(letterRows()).containsExactlyInAnyOrder("a", "bad", "bad", "b");
    }

    @Test
    void aRebuildWithholdsDuplicatesAndUnservableRows() {
        rebuild(1, insert(1, "a"), insert(2, "b"), insert(1, "c"), insert(3, "d"), unservable(3L), unservable(null));
        assertThat(documents()).containsExactly("withheld", "b", "withheld", "absent");
        assertThat(letterRows()).containsExactlyInAnyOrder("a", "c", "d", "bad", "bad");
        assertThat(table.count(Filter.ALL, AMPLE).value()).isEqualTo(1);
    }

    @Test
    void countsForManyFiltersInOneRead() {
        rebuild(3, insert(1, "b"), insert(2, "a"), insert(3, "b"), unservable(4L));
        Filter b = new Filter.Comparison(NAME, Operator.EQ, "b");
        Answer<List<Long>> counts = table.counts(List.of(b, Filter.NONE, Filter.ALL), AMPLE);
        assertThat(counts.value()).containsExactly(2L, 0L, 3L);
        assertThat(counts.asOf()).isEqualTo(table.checkpoint().orElseThrow());
    }

    @Test
    void aRebuildCountsEveryRow() {
        try (GenerationWriter writer = table.rebuild()) {
            writer.add(revision(1), List.of(insert(1, "a"), insert(1, "b"), unservable(null)));
            assertThat(writer.seal()).isEqualTo(3);
        }
    }

    @Test
    void anotherLayoutIsServedOnlyIfItIsCovered() {
        rebuild(1, insert(1, "one"));
        IndexedColumn more = new IndexedColumn(List.of("more"), new FieldType.DateType());
        StoredTable wider = store.table(gold(List.of(ID, NAME, more)));
        assertThat(wider.coversLayout()).isFalse();
        assertThatThrownBy(() -> wider.get(EntityKey.of(1L))).isInstanceOf(TableNotServed.class);
        assertThatIllegalStateException().isThrownBy(wider::changes).withMessageContaining("rebuilt");

        StoredTable narrower = store.table(gold(List.of(ID)));
        assertThat(narrower.coversLayout()).isTrue();
        assertThat(narrower.get(EntityKey.of(1L)).value()).isInstanceOf(Lookup.Found.class);
        try (ChangeWriter writer = narrower.changes()) {
            writer.begin(revision(2));
            writer.apply(List.of(new Upserted(EntityKey.of(2L), bytes("two"), List.of(2L), true)));
            writer.end();
            writer.publish(revision(2), "file 2");
        }
        assertThat(narrower.coversLayout()).isTrue();
        assertThat(table.coversLayout()).isFalse();
    }

    @Test
    void keepsTheWorkersStateAlsoDuringAWrite() {
        assertThat(table.status()).isEqualTo(SyncStatus.unknown());
        rebuild(1, insert(1, "one"));
        try (ChangeWriter writer = table.changes()) {
            writer.begin(revision(2));
            writer.apply(List.of(update(1, "eins")));
            SyncStatus status = new SyncStatus(
                    SyncStatus.State.FOLLOWING,
                    null,
                    2,
                    0,
                    0,
                    0.5,
                    Instant.parse("2026-01-06T10:00:01Z"),
                    Instant.EPOCH);
            table.report(status);
            assertThat(table.status()).isEqualTo(status);
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

    protected void rebuild(long version, EntityChange... rows) {
        try (GenerationWriter writer = table.rebuild()) {
            writer.add(revision(version), List.of(rows));
            writer.seal();
            writer.swap("id-of-things", revision(version), "file " + version);
        }
    }

    protected void commit(long version, EntityChange... changes) {
        try (ChangeWriter writer = table.changes()) {
            writer.begin(revision(version));
            for (EntityChange change : changes) {
                writer.apply(List.of(change));
            }
            writer.end();
            writer.publish(revision(version), "file " + version);
        }
    }

    protected static Upserted insert(long id, @Nullable String name) {
        return new Upserted(EntityKey.of(id), bytes(String.valueOf(name)), Arrays.asList(id, name), true);
    }

    protected static Upserted update(long id, String name) {
        return new Upserted(EntityKey.of(id), bytes(name), List.of(id, name), false);
    }

    protected static Deleted delete(long id) {
        return new Deleted(EntityKey.of(id));
    }

    private static Unservable unservable(@Nullable Long id) {
        return new Unservable(
                id == null ? null : EntityKey.of(id),
                id == null ? Reason.NULL_KEY : Reason.VALUE_OUT_OF_TYPE,
                "too large",
                bytes("bad"));
    }

    protected static Revision revision(long version) {
        return new Revision(
                1, version, Instant.parse("2026-01-06T10:00:00.000001Z").plusSeconds(version));
    }

    private Lookup.Found found(long id) {
        return (Lookup.Found) table.get(EntityKey.of(id)).value();
    }

    protected String document(long id) {
        return switch (table.get(EntityKey.of(id)).value()) {
            case Lookup.Found found -> new String(found.entity().document(), StandardCharsets.UTF_8);
            case Lookup.Absent absent -> "absent";
            case Lookup.Withheld withheld -> "withheld";
        };
    }

    /// Those of the keys 1 to 4.
    private List<String> documents() {
        return List.of(document(1), document(2), document(3), document(4));
    }

    private List<String> letterRows() {
        return table.deadLetters(100).stream()
                .map(letter -> new String(letter.row(), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
