package dev.vitrine.delta.write;

import dev.vitrine.contract.FieldType.DecimalType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.GoldTables;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real Delta table that random commits are written to, with a model of what it holds at each version. The same seed
/// and the same calls lead to the same table (but for ids and times).
///
/// ```java
/// RandomTable table = RandomTable.create(folder.resolve("things"), seed);
/// DeltaTable delta = KernelTables.using(Map.of()).open(table.gold());
/// table.commit();                                      // something random
/// table.commit(Kind.COMPACT);                          // something in particular
/// table.at(checkpoint.revision().version()).served();  // what has to be served at that version
/// ```
///
/// It has the columns `id bigint` (the key), `name string` (required by the contract), `amount decimal(12,3)` (for the
/// contract `decimal(6,2)`) and later `extra1` and `extra2`, which the contract names from the start, and `extra3`,
/// which it does not. About 60 rows in files of up to 24. Writing is for one thread; the models may be read by any.
public final class RandomTable {

    /// What a commit does.
    public enum Kind {
        INSERT(6),
        /// Also of the key, to a free one or in a circle.
        UPDATE(6),
        DELETE(4),
        /// Inserts, updates and deletes at once; a deleted key may be inserted again.
        MERGE(8),
        /// The same without change files: files are removed and others added.
        OVERWRITE(5),
        /// All rows are replaced, without change files.
        OVERWRITE_ALL(1),
        /// All rows of one file, without change files.
        DELETE_FILE(2),
        /// Files are rewritten, no row is changed.
        COMPACT(4),
        /// At most three times.
        ADD_COLUMN(1),
        /// A key comes to be there twice.
        DUPLICATE(2),
        /// A row comes to be there without a key.
        NULL_KEY(1),
        /// A row comes to hold a value that the contract cannot.
        UNFIT(2),
        /// One of the three above is put right.
        REPAIR(5),
        /// The feed is switched off, or on again.
        SWITCH_FEED(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    static final List<String> SERVED = List.of("id", "name", "amount", "extra1", "extra2");

    private static final long KEYS = 90;
    private static final int TARGET = 60;
    private static final int MOST_BAD_ROWS = 8;
    private static final int ROWS_OF_A_FILE = 24;
    private static final int MOST_EXTRAS = 3;

    private final Path folder;
    private final Random random;
    private final Set<Kind> kinds;
    private final LooseWriter writer;
    private final Map<Long, TableModel> models = new ConcurrentSkipListMap<>();
    private final List<String> history = Collections.synchronizedList(new ArrayList<>());
    private final long seed;
    private int extras;
    private int names;
    private boolean feed = true;

    private RandomTable(Path folder, long seed, Set<Kind> kinds) throws IOException {
        this.folder = folder;
        this.seed = seed;
        this.kinds = kinds;
        this.random = new Random(seed);
        this.writer =
                LooseWriter.create(folder, "id bigint, name string, amount decimal(12,3)", random, ROWS_OF_A_FILE);
        models.put(0L, TableModel.of(0, List.of()));
    }

    /// Makes an empty table: version 0.
    public static RandomTable create(Path folder, long seed) throws IOException {
        return create(folder, seed, EnumSet.allOf(Kind.class));
    }

    /// Makes an empty table to which [#commit()] does nothing but these kinds.
    public static RandomTable create(Path folder, long seed, Set<Kind> kinds) throws IOException {
        return new RandomTable(folder, seed, EnumSet.copyOf(kinds));
    }

    /// The gold table as the contract wants it; any share of the rows may be deleted at once.
    public GoldTable gold() {
        GoldTable table = GoldTables.of(
                folder,
                List.of(
                        GoldTables.column("id", GoldTables.integer()),
                        GoldTables.required("name", GoldTables.string()),
                        GoldTables.column("amount", new DecimalType(6, 2, false)),
                        GoldTables.column("extra1", GoldTables.string()),
                        GoldTables.column("extra2", GoldTables.string())),
                "id");
        return new GoldTable(
                table.product(),
                table.name(),
                table.location(),
                table.columns(),
                table.key(),
                table.indexed(),
                table.sorts(),
                1,
                table.pace(),
                table.schedule());
    }

    /// The version written last.
    public long version() {
        return writer.version();
    }

    /// What the table holds at a version. A version's model is there before its commit can be seen.
    public TableModel at(long version) {
        return Objects.requireNonNull(models.get(version), () -> "no version " + version);
    }

    /// Adds a version by a random commit and returns it.
    public long commit() throws IOException {
        List<Kind> choice = kinds.stream()
                .filter(this::isPossible)
                .flatMap(kind -> Collections.nCopies(weight(kind), kind).stream())
                .toList();
        boolean tooBad = bad().size() > MOST_BAD_ROWS && kinds.contains(Kind.REPAIR);
        return commit(tooBad ? Kind.REPAIR : choice.get(random.nextInt(choice.size())));
    }

    /// Adds a version by a commit of this kind and returns it. Where there is nothing to do it for, such as to repair,
    /// the commit inserts rows instead.
    public long commit(Kind wanted) throws IOException {
        Kind kind = isPossible(wanted) ? wanted : Kind.INSERT;
        history.add(version() + 1 + " " + kind);
        return switch (kind) {
            case COMPACT -> {
                modelNext(writer.rows());
                yield writer.compact();
            }
            case ADD_COLUMN -> {
                modelNext(writer.rows());
                extras++;
                yield writer.addColumn("extra" + extras + " string");
            }
            case SWITCH_FEED -> {
                modelNext(writer.rows());
                feed = !feed;
                yield writer.feed(feed);
            }
            case INSERT -> new Draft().insert(1 + random.nextInt(6)).write(true);
            case UPDATE -> new Draft().update(1 + random.nextInt(6)).write(true);
            case DELETE -> new Draft().delete(1 + random.nextInt(5)).write(true);
            case MERGE -> merge().write(true);
            case OVERWRITE -> merge().write(false);
            case OVERWRITE_ALL ->
                new Draft()
                        .delete(writer.rows())
                        .insert(TARGET / 2 + random.nextInt(TARGET / 2))
                        .write(false);
            case DELETE_FILE ->
                new Draft()
                        .delete(writer.rowsByFile()
                                .get(random.nextInt(writer.rowsByFile().size())))
                        .write(false);
            case DUPLICATE -> new Draft().spoil(Kind.DUPLICATE).write(random.nextBoolean());
            case NULL_KEY -> new Draft().spoil(Kind.NULL_KEY).write(random.nextBoolean());
            case UNFIT -> new Draft().spoil(Kind.UNFIT).write(random.nextBoolean());
            case REPAIR -> new Draft().repair().write(random.nextBoolean());
        };
    }

    /// The seed and what the commits did: for messages of failed tests.
    @Override
    public String toString() {
        return "seed %d at %s: %s".formatted(seed, folder, history);
    }

    private Draft merge() {
        return new Draft()
                .delete(random.nextInt(4))
                .insert(random.nextInt(4))
                .update(random.nextInt(5))
                .insert(1);
    }

    /// The feed is not off for long.
    private int weight(Kind kind) {
        return kind == Kind.SWITCH_FEED && !feed ? 10 : kind.weight;
    }

    private boolean isPossible(Kind kind) {
        return switch (kind) {
            case INSERT, MERGE, OVERWRITE, OVERWRITE_ALL -> true;
            case UPDATE, DELETE, DELETE_FILE, COMPACT, DUPLICATE, NULL_KEY, UNFIT ->
                !writer.rows().isEmpty();
            case ADD_COLUMN -> extras < MOST_EXTRAS;
            case REPAIR -> !bad().isEmpty();
            case SWITCH_FEED -> true;
        };
    }

    private void modelNext(List<Row> rows) {
        long next = version() + 1;
        models.put(next, TableModel.of(next, rows));
    }

    /// Rows that are not served.
    private List<Row> bad() {
        Map<Object, Long> copies = writer.rows().stream()
                .filter(row -> row.get("id") != null)
                .collect(Collectors.groupingBy(row -> Objects.requireNonNull(row.get("id")), Collectors.counting()));
        return writer.rows().stream()
                .filter(row -> !TableModel.isServable(row) || copies.getOrDefault(row.get("id"), 0L) > 1)
                .toList();
    }

    private Row row(@Nullable Long id) {
        Row row =
                Row.of("id", id, "name", "n" + names++, "amount", BigDecimal.valueOf(random.nextInt(99_999) * 10L, 3));
        for (int extra = 1; extra <= extras; extra++) {
            row = row.with("extra" + extra, random.nextInt(3) == 0 ? null : "é" + random.nextInt(100));
        }
        return row;
    }

    /// An equal row that is another one.
    private static Row copy(Row row) {
        return row.only(List.copyOf(row.values().keySet()));
    }

    private Row unfit(@Nullable Long id) {
        return switch (random.nextInt(3)) {
            case 0 -> row(id).with("name", null);
            case 1 -> row(id).with("amount", new BigDecimal("1.005"));
            default -> row(id).with("amount", new BigDecimal("12345.670"));
        };
    }

    /// One commit to be written.
    private final class Draft {

        private final List<Row> inserts = new ArrayList<>();
        private final Map<Row, Row> updates = new IdentityHashMap<>();
        private final Map<Row, Row> deletes = new IdentityHashMap<>();

        Draft insert(int count) {
            free().limit(count).forEach(id -> inserts.add(row(id)));
            return this;
        }

        Draft delete(int count) {
            return delete(some(count));
        }

        Draft delete(Collection<Row> rows) {
            rows.forEach(row -> deletes.put(row, row));
            return this;
        }

        Draft update(int count) {
            List<Row> rows = some(count);
            switch (random.nextInt(5)) {
                case 0 -> {
                    for (int index = 0; index < rows.size(); index++) {
                        Row next = rows.get((index + 1) % rows.size());
                        updates.put(rows.get(index), row((Long) next.get("id")));
                    }
                }
                case 1 ->
                    rows.forEach(row -> updates.put(row, row(free().findFirst().orElse(null))));
                default -> rows.forEach(row -> updates.put(row, row((Long) row.get("id"))));
            }
            return this;
        }

        Draft spoil(Kind how) {
            boolean insert = random.nextBoolean();
            List<Row> rows = some(2);
            Long id = (Long) rows.getFirst().get("id");
            Row spoilt = switch (how) {
                case DUPLICATE -> random.nextBoolean() ? row(id) : copy(rows.getFirst());
                case NULL_KEY -> row(null);
                default ->
                    unfit(
                            insert
                                    ? free().findFirst().orElse(null)
                                    : (Long) rows.getLast().get("id"));
            };
            if (insert) {
                inserts.add(spoilt);
            } else {
                updates.put(rows.getLast(), spoilt);
            }
            return this;
        }

        Draft repair() {
            List<Row> bad = bad();
            Row row = bad.get(random.nextInt(bad.size()));
            if (random.nextBoolean()) {
                return delete(List.of(row));
            }
            boolean unique = row.get("id") != null
                    && writer.rows().stream()
                            .noneMatch(other -> other != row && Objects.equals(other.get("id"), row.get("id")));
            updates.put(
                    row, row(unique ? (Long) row.get("id") : free().findFirst().orElse(null)));
            return this;
        }

        long write(boolean changeFiles) throws IOException {
            List<Row> after = new ArrayList<>(inserts);
            for (Row row : writer.rows()) {
                if (!deletes.containsKey(row)) {
                    after.add(updates.getOrDefault(row, row));
                }
            }
            modelNext(after);
            return writer.commit(inserts, updates, deletes.keySet(), changeFiles && feed);
        }

        /// Rows that nothing happens to yet.
        private List<Row> some(int count) {
            List<Row> rows = new ArrayList<>(writer.rows());
            rows.removeIf(row -> updates.containsKey(row) || deletes.containsKey(row));
            Collections.shuffle(rows, random);
            return rows.subList(0, Math.min(count, rows.size()));
        }

        /// Keys that no row has after the commit, as far as it is drafted.
        private Stream<Long> free() {
            Set<Object> taken = Stream.of(
                            writer.rows().stream().filter(row -> !deletes.containsKey(row)),
                            inserts.stream(),
                            updates.values().stream())
                    .flatMap(rows -> rows)
                    .filter(row -> row.get("id") != null)
                    .map(row -> Objects.requireNonNull(row.get("id")))
                    .collect(Collectors.toSet());
            List<Long> free = new ArrayList<>(LongStream.range(0, KEYS)
                    .boxed()
                    .filter(id -> !taken.contains(id))
                    .toList());
            Collections.shuffle(free, random);
            return free.stream();
        }
    }
}
