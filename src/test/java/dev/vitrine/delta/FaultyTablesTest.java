package dev.vitrine.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import dev.vitrine.entity.EntityChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a failing disk does to reading: it is said with table, version and file, nothing wrong is handed on, and when
/// the disk is mended the same objects go on.
class FaultyTablesTest {

    private static final String ADDRESS = "test/things";

    @TempDir
    Path folder;

    private final FaultyTables tables = new FaultyTables();
    private DeltaWriter writer;
    private DeltaTable table;
    private Path place;

    /// Version 1 inserts, version 2 has a change file, version 3 inserts.
    @BeforeEach
    void writeTable() throws IOException {
        place = folder.resolve("things");
        GoldTable gold = GoldTables.of(place, List.of(GoldTables.column("id", GoldTables.integer())), "id");
        table = tables.open(gold);
        writer = DeltaWriter.create(place, "id bigint not null, name string", List.of("id"));
        writer.commit(Changes.inserting(rows(0, 300)));
        writer.commit(new Changes(rows(1000, 1002), rows(5, 7), List.of(Row.of("id", 1L))));
        writer.commit(Changes.inserting(rows(2000, 2003)));
    }

    @Test
    void aMissingFileOfASnapshotIsAFailureOfTheTable() {
        DeltaSnapshot snapshot = table.latest();
        tables.missing("-000.parquet");

        assertThatThrownBy(() -> read(snapshot.rows(0)))
                .isInstanceOf(TableUnreadable.class)
                .hasMessageContainingAll(ADDRESS, "version 3", "-000.parquet");
        tables.mend();
        assertThat(read(snapshot.rows(0))).hasSize(304);
    }

    @Test
    void aMissingFileOfTheFeedAsksForARebuild() throws IOException {
        DeltaSnapshot start = table.at(1);
        tables.missing("_change_data");
        assertThatThrownBy(() -> follow(start))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContainingAll(ADDRESS, "version 2", "_change_data/");

        tables.mend();
        tables.missing(dataFile(3));
        assertThatThrownBy(() -> follow(start))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContainingAll(ADDRESS, "version 3", dataFile(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"_change_data", "-000.parquet", "00002.json", "_delta_log"})
    void whatMayNotBeReadIsNeverTakenForMissing(String part) {
        DeltaSnapshot start = table.at(1);
        tables.denied(part);

        assertThatThrownBy(() -> follow(start))
                .isInstanceOf(TableUnreadable.class)
                .hasMessageContainingAll(ADDRESS, part, "Permission denied");
        if (part.equals("_change_data")) {
            assertThat(read(table.latest().rows(0))).hasSize(304);
        } else {
            assertThatThrownBy(() -> read(table.latest().rows(0)))
                    .isInstanceOf(TableUnreadable.class)
                    .hasMessageContainingAll(ADDRESS, "Permission denied");
        }
    }

    @Test
    void truncatedDataFilesAreNoticedWhereverTheyEnd() throws IOException {
        DeltaSnapshot start = table.at(1);
        String file = dataFile(3);
        long length = Files.size(place.resolve(file));
        for (long bytes : new long[] {0, 1, 4, 12, length / 2, length - 9, length - 8, length - 4, length - 1}) {
            tables.cut(file, bytes);
            assertThatThrownBy(() -> read(table.latest().rows(0)))
                    .as("%d of %d bytes", bytes, length)
                    .isInstanceOf(TableUnreadable.class)
                    .hasMessageContainingAll(ADDRESS, "version 3", file);
            assertThatThrownBy(() -> follow(start))
                    .as("%d of %d bytes", bytes, length)
                    .isInstanceOf(TableUnreadable.class)
                    .hasMessageContainingAll(ADDRESS, "version 3", file);
            tables.mend();
        }
        assertThat(follow(start)).isEqualTo(3);
    }

    @Test
    void waitsForACommitThatIsBeingWrittenWhereverItEnds() throws IOException {
        DeltaSnapshot start = table.at(2);
        String commit = Files.readString(place.resolve("_delta_log/00000000000000000003.json"));
        TreeSet<Integer> lengths = new TreeSet<>();
        for (int length = 0; length < commit.length(); length += 37) {
            lengths.add(length);
        }
        lengths.add(commit.length() - 2);
        for (int length : lengths) {
            tables.cut("00003.json", length);
            assertThatThrownBy(() -> follow(start))
                    .as("%d bytes", length)
                    .isInstanceOf(TableUnreadable.class)
                    .hasMessageContainingAll(ADDRESS, "version 3", "being written?", "00000000000000000003.json");
            assertThatThrownBy(table::latest)
                    .as("%d bytes", length)
                    .isInstanceOf(TableUnreadable.class)
                    .hasMessageContainingAll(ADDRESS, "version 3", "being written?", "00000000000000000003.json");
            tables.mend();
        }
        assertThat(follow(start)).isEqualTo(3);
    }

    @Test
    void aCommitThatLookedWholeAndGrewAsksForARebuild() throws IOException {
        DeltaSnapshot start = table.at(2);
        String commit = Files.readString(place.resolve("_delta_log/00000000000000000003.json"));
        tables.cut("00003.json", commit.indexOf('\n') + 1);
        DeltaSnapshot half = table.latest();
        try (ChangeFeed feed = table.changesAfter(start.tableId(), 2, start.commitFile(), false)
                .orElseThrow()) {
            assertThat(feed.next().commitFile()).isEqualTo(half.commitFile());
        }

        tables.mend();

        assertThatThrownBy(() -> table.changesAfter(half.tableId(), 3, half.commitFile(), false))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContainingAll(ADDRESS, "version 3", "bytes");
        assertThat(table.latest().commitFile()).isNotEqualTo(half.commitFile());
    }

    @Test
    void goesOnAfterAFailureOfAnyStep() {
        GoldTable gold = GoldTables.of(place, List.of(GoldTables.column("id", GoldTables.integer())), "id");
        long before = tables.steps();
        readAndFollow(tables.open(gold));
        long steps = tables.steps() - before;
        int failures = 0;
        for (long step = 1; step <= steps; step++) {
            DeltaTable fresh = tables.open(gold);
            tables.failingAt(step);
            try {
                readAndFollow(fresh);
            } catch (TableUnreadable reset) {
                failures++;
                assertThat(reset).as("step %d", step).hasMessageContainingAll(ADDRESS, "Connection reset");
                readAndFollow(fresh);
            }
        }
        // hints such as _last_checkpoint can be done without
        assertThat(failures).as("of %d steps", steps).isGreaterThan(10);
    }

    private static void readAndFollow(DeltaTable table) {
        assertThat(read(table.latest().rows(0))).hasSize(304);
        assertThat(follow(table, table.at(1))).isEqualTo(3);
    }

    @Test
    void readsASlowDiskToo() {
        tables.slow("", Duration.ofMillis(3));

        assertThat(read(table.latest().rows(0))).hasSize(304);
    }

    @Test
    void stopsWaitingForASlowDiskWhenItIsInterrupted() {
        DeltaSnapshot snapshot = table.latest();
        tables.slow("parquet", Duration.ofHours(1));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> read(snapshot.rows(0)))
                .isInstanceOf(TableUnreadable.class)
                .hasMessageContainingAll(ADDRESS, "version 3");
        assertThat(Thread.interrupted()).isTrue();
    }

    /// The file that a version added.
    private String dataFile(long version) throws IOException {
        return Files.readString(place.resolve("_delta_log/%020d.json".formatted(version)))
                .lines()
                .filter(line -> line.startsWith("{\"add\""))
                .map(line -> line.replaceAll(".*\"path\":\"([^\"]*)\".*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    private long follow(DeltaSnapshot start) {
        return follow(table, start);
    }

    /// Reads all rows of the commits after; the last version.
    private static long follow(DeltaTable table, DeltaSnapshot start) {
        long reached = start.version();
        try (ChangeFeed feed = table.changesAfter(start.tableId(), start.version(), start.commitFile(), false)
                .orElseThrow()) {
            while (feed.hasNext()) {
                ChangeFeed.Commit commit = feed.next();
                assertThat(read(commit.rows())).isNotEmpty();
                reached = commit.version();
            }
        }
        return reached;
    }

    private static List<EntityChange> read(Rows rows) {
        List<EntityChange> all = new ArrayList<>();
        try (rows) {
            rows.forEachRemaining(all::addAll);
        }
        return all;
    }

    private static List<Row> rows(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(id -> Row.of("id", id, "name", "n" + id))
                .toList();
    }
}
