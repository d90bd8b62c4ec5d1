package dev.vitrine.store;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A store with one table, whose documents are their names, and words for what happens to it.
public abstract class StoreFixture {

    protected static final IndexedColumn ID =
            new IndexedColumn(List.of("id"), new FieldType.IntegerType(false, null, null));
    protected static final IndexedColumn NAME = new IndexedColumn(List.of("name"), FieldType.StringType.any());
    protected static final ReadBudget AMPLE = new ReadBudget(1_000_000, Duration.ofSeconds(30));

    protected final TestClock clock = new TestClock();
    protected EntityStore store;
    protected StoredTable table;
    protected TableWriter writer;

    /// The same store each time within a test, as another process would open it; empty at first. Whatever a load is
    /// told to keep is kept at once.
    protected abstract EntityStore open(Clock clock) throws Exception;

    @BeforeEach
    protected void openStore() throws Exception {
        store = open(clock);
        table = store.table(gold(List.of(ID, NAME)));
        writer = table.writer(1);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    /// As after a kill: what was not published or kept is gone.
    protected void reopen() throws Exception {
        store.close();
        openStore();
    }

    /// @param indexed the key `id` and others
    protected static GoldTable gold(List<IndexedColumn> indexed) {
        List<IndexedColumn> key = indexed.stream()
                .filter(column -> column.path().equals(ID.path()))
                .toList();
        List<Field> columns = indexed.stream()
                .map(column -> new Field(
                        column.path().getLast(),
                        column.path().getLast(),
                        column.type(),
                        key.contains(column),
                        true,
                        null,
                        null,
                        null,
                        List.of()))
                .toList();
        return new GoldTable(
                "shop", "things", "/lake/things", columns, key, indexed, List.of(), 0.5, Duration.ofMinutes(1), null);
    }

    protected void rebuild(long version, EntityChange... rows) {
        try (GenerationWriter load = writer.rebuild(origin(version))) {
            load.add(List.of(rows));
            load.seal();
            load.swap();
        }
    }

    protected CommitEffect commit(long version, EntityChange... rows) {
        try (ChangeWriter changes = writer.changes()) {
            CommitEffect effect = commit(changes, version, rows);
            changes.publish(revision(version), "file " + version);
            return effect;
        }
    }

    /// One change at a time, so that the store sees none beside another.
    protected static CommitEffect commit(ChangeWriter changes, long version, EntityChange... rows) {
        changes.begin(revision(version));
        for (EntityChange row : rows) {
            changes.apply(List.of(row));
        }
        return changes.end();
    }

    protected static Origin origin(long version) {
        return new Origin("id-of-things", revision(version), "file " + version);
    }

    protected static Revision revision(long version) {
        return new Revision(
                1, version, Instant.parse("2026-01-06T10:00:00.000001Z").plusSeconds(version));
    }

    protected static Upserted insert(long id, @Nullable String name) {
        return new Upserted(EntityKey.of(id), bytes(String.valueOf(name)), Arrays.asList(id, name), true);
    }

    protected static Upserted update(long id, String name) {
        return new Upserted(EntityKey.of(id), bytes(name), List.of(id, name), false);
    }

    /// Of which only the key is known.
    protected static Deleted delete(long id) {
        return new Deleted(EntityKey.of(id));
    }

    protected static Deleted delete(@Nullable Long id, String row) {
        return new Deleted(id == null ? null : EntityKey.of(id), bytes(row));
    }

    protected static Unservable unservable(@Nullable Long id, String row) {
        return new Unservable(
                id == null ? null : EntityKey.of(id),
                id == null ? Reason.NULL_KEY : Reason.VALUE_OUT_OF_TYPE,
                "too large",
                bytes(row));
    }

    protected Lookup lookup(long id) {
        return table.get(EntityKey.of(id)).value();
    }

    protected String document(long id) {
        return switch (lookup(id)) {
            case Lookup.Found found -> text(found.entity().document());
            case Lookup.Absent absent -> "absent";
            case Lookup.Withheld withheld -> "withheld";
        };
    }

    protected List<String> documents(long... ids) {
        return Arrays.stream(ids).mapToObj(this::document).toList();
    }

    protected Checkpoint checkpoint() {
        return table.checkpoint().orElseThrow();
    }

    protected Stream<DeadLetter> letters() {
        return table.deadLetters(Long.MAX_VALUE, 10_000).stream();
    }

    /// Of the letters.
    protected List<String> rows() {
        return letters().map(letter -> text(letter.row())).toList();
    }

    protected static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
