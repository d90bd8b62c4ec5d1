package dev.vitrine.delta.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.delta.ChangeFeed;
import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.DeltaTable;
import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.delta.Rows;
import dev.vitrine.delta.kernel.KernelTables;
import dev.vitrine.delta.write.RandomTable.Kind;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read of a random table, from its snapshots and from its feed, is what its model says.
class RandomTableTest {

    private static final Set<Kind> SPOILING = EnumSet.of(Kind.DUPLICATE, Kind.NULL_KEY, Kind.UNFIT, Kind.REPAIR);
    private static final int COMMITS = Boolean.getBoolean("vitrine.long") ? 1000 : 40;

    @TempDir
    Path folder;

    @Test
    void eachVersionHoldsWhatTheModelSays() throws IOException {
        RandomTable table = RandomTable.create(folder, new Random().nextLong());
        while (table.version() < COMMITS) {
            table.commit();
        }

        DeltaTable delta = KernelTables.using(Map.of()).open(table.gold());
        for (long version = 0; version <= COMMITS; version++) {
            DeltaSnapshot snapshot = delta.at(version);
            assertThat(snapshot.rowCount())
                    .as("version %d, %s", version, table)
                    .hasValue(table.at(version).size());
            Copies copies = new Copies();
            copies.apply(snapshot.rows(0));
            copies.compare(table, version);
        }
    }

    @Test
    void wholeRowsOfTheFeedLeadFromVersionToVersion() throws IOException {
        RandomTable table = RandomTable.create(folder, new Random().nextLong());
        DeltaTable delta = KernelTables.using(Map.of()).open(table.gold());
        Copies copies = new Copies();
        DeltaSnapshot start = delta.latest();
        while (table.version() < COMMITS) {
            do {
                table.commit();
            } while (table.version() % 7 != 0);
            try (ChangeFeed feed = delta.changesAfter(start.tableId(), start.version(), start.commitFile(), true)
                    .orElseThrow()) {
                while (feed.hasNext()) {
                    ChangeFeed.Commit commit = feed.next();
                    copies.apply(commit.rows());
                    copies.compare(table, commit.version());
                }
                start = delta.latest();
            } catch (FeedUnavailable off) {
                start = delta.latest();
                copies = new Copies();
                copies.apply(start.rows(0));
            }
        }
    }

    @Test
    void withoutWholeRowsTheFeedLeadsFromVersionToVersionWhereEveryRowCanBeServed() throws IOException {
        Set<Kind> kinds = EnumSet.complementOf(EnumSet.copyOf(SPOILING));
        kinds.remove(Kind.SWITCH_FEED);
        RandomTable table = RandomTable.create(folder, new Random().nextLong(), kinds);
        while (table.version() < COMMITS) {
            table.commit();
        }

        DeltaTable delta = KernelTables.using(Map.of()).open(table.gold());
        DeltaSnapshot start = delta.at(0);
        Map<EntityKey, String> served = new HashMap<>();
        try (ChangeFeed feed = delta.changesAfter(start.tableId(), 0, start.commitFile(), false)
                .orElseThrow()) {
            while (feed.hasNext()) {
                ChangeFeed.Commit commit = feed.next();
                applyOneByOne(commit.rows(), served, table);
                assertThat(served)
                        .as("version %d, %s", commit.version(), table)
                        .isEqualTo(table.at(commit.version()).served());
            }
        }
    }

    @Test
    void theSameSeedLeadsToTheSameRows() throws IOException {
        RandomTable first = RandomTable.create(folder.resolve("a"), 7);
        RandomTable second = RandomTable.create(folder.resolve("b"), 7);
        for (int commit = 0; commit < 40; commit++) {
            long version = first.commit();
            second.commit();
            assertThat(second.at(version).toString())
                    .isEqualTo(first.at(version).toString());
        }
    }

    /// As a store does: what a key had before, less what is deleted, plus what is inserted, is one row or none.
    private static void applyOneByOne(Rows rows, Map<EntityKey, String> served, RandomTable table) {
        Map<EntityKey, Integer> more = new HashMap<>();
        Map<EntityKey, String> written = new HashMap<>();
        try (rows) {
            while (rows.hasNext()) {
                for (EntityChange change : rows.next()) {
                    switch (change) {
                        case EntityChange.Upserted row -> {
                            more.merge(row.key(), row.insert() ? 1 : 0, Integer::sum);
                            written.put(row.key(), new String(row.document(), UTF_8));
                        }
                        case EntityChange.Deleted row -> {
                            assertThat(row.row()).isNull();
                            more.merge(Objects.requireNonNull(row.key()), -1, Integer::sum);
                        }
                        case EntityChange.Unservable row -> throw new AssertionError(row.detail() + table);
                    }
                }
            }
        }
        more.forEach((key, count) -> {
            int copies = (served.containsKey(key) ? 1 : 0) + count;
            assertThat(copies).as("%s, %s", key, table).isBetween(0, 1);
            String document = written.get(key);
            if (copies == 0) {
                served.remove(key);
            } else if (document != null) {
                // unchanged rows of files that are written anew without change files come as deleted and inserted
                served.put(key, document);
            }
        });
    }

    /// Rows as text, by key; null: without one.
    private static final class Copies {

        private final Map<@Nullable EntityKey, List<String>> letters = new HashMap<>();

        void apply(Rows rows) {
            List<EntityChange> all = new ArrayList<>();
            try (rows) {
                rows.forEachRemaining(all::addAll);
            }
            for (EntityChange change : all) {
                if (change instanceof EntityChange.Deleted row) {
                    String text = new String(Objects.requireNonNull(row.row()), UTF_8);
                    // the row may be one that this commit writes: rows have no order
                    all(row.key()).add("-" + text);
                } else if (change instanceof EntityChange.Upserted row) {
                    assertThat(row.insert()).isTrue();
                    all(row.key()).add(new String(row.document(), UTF_8));
                } else if (change instanceof EntityChange.Unservable row) {
                    all(row.key()).add(new String(row.row(), UTF_8));
                }
            }
            letters.values().forEach(Copies::settle);
        }

        private static void settle(List<String> copies) {
            List<String> deleted =
                    copies.stream().filter(copy -> copy.startsWith("-")).toList();
            copies.removeAll(deleted);
            deleted.forEach(copy -> assertThat(copies.remove(copy.substring(1)))
                    .as("%s was there: %s", copy, copies)
                    .isTrue());
        }

        private List<String> all(@Nullable EntityKey key) {
            return letters.computeIfAbsent(key, none -> new ArrayList<>());
        }

        void compare(RandomTable table, long version) {
            TableModel model = table.at(version);
            Map<EntityKey, List<String>> expected = new HashMap<>(model.withheld());
            model.served().forEach((key, document) -> expected.put(key, List.of(document)));
            Map<EntityKey, List<String>> found = new HashMap<>();
            letters.forEach((key, copies) -> {
                if (key != null && !copies.isEmpty()) {
                    found.put(key, copies.stream().sorted().toList());
                }
            });
            assertThat(found).as("version %d, %s", version, table).isEqualTo(expected);
            assertThat(Stream.ofNullable(letters.get(null)).flatMap(List::stream))
                    .as("version %d, %s", version, table)
                    .containsExactlyInAnyOrderElementsOf(model.keylessLetters());
        }
    }
}
