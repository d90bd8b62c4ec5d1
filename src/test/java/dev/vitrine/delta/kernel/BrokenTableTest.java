package dev.vitrine.delta.kernel;

import static dev.vitrine.delta.GoldTables.whole;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.SharedTables;
import dev.vitrine.delta.ChangeFeed;
import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.DeltaTable;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.delta.GoldTables;
import dev.vitrine.delta.Rows;
import dev.vitrine.delta.TableMissing;
import dev.vitrine.delta.TableUnreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot be read is refused with a reason, never half served.
class BrokenTableTest {

    private static final DeltaTables TABLES = KernelTables.using(Map.of());

    @TempDir
    Path folder;

    @Test
    void saysThatThereIsNoTable() throws IOException {
        Path empty = folder.resolve("empty");
        Files.createDirectories(empty.resolve("_delta_log"));
        Path noLog = Files.createDirectories(folder.resolve("plain"));

        for (Path place : List.of(folder.resolve("nowhere"), noLog, empty)) {
            DeltaTable table = TABLES.open(whole(place));
            assertThatThrownBy(table::latest).isInstanceOf(TableMissing.class).hasMessageContaining(place.toString());
            assertThatThrownBy(() -> table.changesAfter("id", 3, "1-2-3", false))
                    .isInstanceOf(TableMissing.class);
            assertThatThrownBy(() -> TABLES.schema(place.toString())).isInstanceOf(TableMissing.class);
        }
    }

    @Test
    void waitsForACommitThatIsStillBeingWritten() throws IOException {
        Path place = SharedTables.stage("gold/dim_customer", folder.resolve("t"), 2);
        DeltaTable table = TABLES.open(customers(place));
        DeltaSnapshot before = table.latest();
        Path next = place.resolve("_delta_log/00000000000000000003.json");
        String whole = Files.readString(
                SharedTables.table("gold/dim_customer").resolve("_delta_log/00000000000000000003.json"));

        for (int length : new int[] {0, 40, whole.length() / 2, whole.length() - 3}) {
            Files.writeString(next, whole.substring(0, length));
            assertThatThrownBy(table::latest).isInstanceOf(TableUnreadable.class);
            assertThatThrownBy(() -> changes(table, before, 99))
                    .isInstanceOf(TableUnreadable.class)
                    .hasMessageContaining("version 3");
        }
        Files.writeString(next, whole);
        assertThat(changes(table, before, 99)).isEqualTo(3);
    }

    @Test
    void namesACorruptDataFile() throws IOException {
        Path place = SharedTables.stage("gold/fact_orders", folder.resolve("t"), 1);
        for (Path file : parquet(place, "part")) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 100] ^= 1;
            Files.write(file, bytes);
        }
        DeltaSnapshot snapshot = TABLES.open(GoldTables.of(
                        place, List.of(GoldTables.column("o_orderkey", GoldTables.integer())), "o_orderkey"))
                .latest();

        assertThatThrownBy(() -> drain(snapshot.rows(0)))
                .isInstanceOf(TableUnreadable.class)
                .hasMessageContaining("version 1")
                .hasMessageContaining("part-");
    }

    @Test
    void asksForARebuildWhereAChangeFileWasVacuumed() throws IOException {
        Path place = SharedTables.stage("gold/dim_customer", folder.resolve("t"), 2);
        DeltaTable table = TABLES.open(customers(place));
        DeltaSnapshot before = table.latest();
        SharedTables.stage("gold/dim_customer", place, 3);
        for (Path file : parquet(place.resolve("_change_data"), "")) {
            Files.delete(file);
        }

        assertThatThrownBy(() -> changes(table, before, 99))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("version 3")
                .hasMessageContaining("_change_data");
    }

    @Test
    void aMissingFileOfASnapshotIsAFailureOfTheTable() throws IOException {
        Path place = SharedTables.stage("gold/dim_customer", folder.resolve("t"), 1);
        DeltaSnapshot snapshot = TABLES.open(customers(place)).latest();
        for (Path file : parquet(place, "part")) {
            Files.delete(file);
        }

        assertThatThrownBy(() -> drain(snapshot.rows(0))).isInstanceOf(TableUnreadable.class);
    }

    @Test
    void deliversTheCommitsBeforeTheFeedIsSwitchedOffThenNamesTheVersion() {
        DeltaTable table = TABLES.open(whole(SharedTables.table("corpus/tables/g_cdf_gap")));
        DeltaSnapshot start = table.at(0);
        List<Long> delivered = new ArrayList<>();

        assertThatThrownBy(() -> {
                    try (ChangeFeed feed = table.changesAfter(start.tableId(), 0, start.commitFile(), false)
                            .orElseThrow()) {
                        while (feed.hasNext()) {
                            delivered.add(feed.next().version());
                        }
                    }
                })
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("version 3");
        assertThat(delivered).containsExactly(1L, 2L);
    }

    @Test
    void asksForARebuildWhereTheLogOrItsFilesWereCleanedUp() {
        DeltaTable table = TABLES.open(whole(SharedTables.table("corpus/tables/f_ckpt_cleanup")));
        String id = table.latest().tableId();
        DeltaSnapshot vacuumed = table.at(15);
        DeltaSnapshot complete = table.at(16);

        assertThatThrownBy(() -> table.changesAfter(id, 14, "1-2-3", false))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("14");
        assertThatThrownBy(() -> changes(table, vacuumed, 99)).isInstanceOf(FeedUnavailable.class);
        assertThat(changes(table, complete, 99)).isEqualTo(26);
    }

    @Test
    void noticesThatTheTableWasReplacedBeneath() throws IOException {
        Path place = SharedTables.stage("gold/dim_customer", folder.resolve("t"), 4);
        DeltaSnapshot before = TABLES.open(whole(place)).latest();
        DeltaTable table = TABLES.open(whole(place));

        delete(place);
        SharedTables.stage("gold/fact_orders", place, 6);
        assertThatThrownBy(() -> changes(table, before, 99))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("replaced");

        delete(place);
        SharedTables.stage("gold/dim_customer", place, 2);
        assertThatThrownBy(() -> changes(table, before, 99))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("newest version was 4 and is now 2");
    }

    @Test
    void aCommitFileThatWasWrittenAgainAsksForARebuild() throws IOException {
        Path place = SharedTables.stage("gold/dim_customer", folder.resolve("t"), 4);
        DeltaTable table = TABLES.open(customers(place));
        DeltaSnapshot before = table.latest();
        Path commit = place.resolve("_delta_log/00000000000000000004.json");
        Files.setLastModifiedTime(commit, FileTime.fromMillis(1_000_000));

        assertThatThrownBy(() -> table.changesAfter(before.tableId(), before.version(), before.commitFile(), false))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("version 4 is not the commit that was read");
    }

    @Test
    void commitTimesNeverGoBack() throws IOException {
        Path place = SharedTables.stage("gold/dim_customer", folder.resolve("t"), 4);
        DeltaTable table = TABLES.open(customers(place));
        DeltaSnapshot before = table.latest();
        SharedTables.stage("gold/dim_customer", place, 6);
        Files.setLastModifiedTime(
                place.resolve("_delta_log/00000000000000000005.json"), FileTime.fromMillis(1_000_000));
        Files.setLastModifiedTime(
                place.resolve("_delta_log/00000000000000000006.json"), FileTime.fromMillis(1_000_000));

        String five = commitFileOf(table, before.tableId(), 4, before.commitFile());
        DeltaTable restarted = TABLES.open(customers(place));
        try (ChangeFeed feed =
                restarted.changesAfter(before.tableId(), 5, five, false).orElseThrow()) {
            assertThat(feed.next().commitTime()).isEqualTo(before.commitTime().plusMillis(2));
        }
    }

    @Test
    void namesAFeatureItDoesNotKnow() throws IOException {
        Path place = SharedTables.stage("corpus/tables/c_dv", folder.resolve("t"), 0);
        Path commit = place.resolve("_delta_log/00000000000000000000.json");
        Files.writeString(
                commit,
                Files.readString(commit, UTF_8)
                        .replace("\"readerFeatures\":[", "\"readerFeatures\":[\"timeMachine\",")
                        .replace("\"writerFeatures\":[", "\"writerFeatures\":[\"timeMachine\","));
        // the version's checksum repeats the protocol
        Files.delete(place.resolve("_delta_log/00000000000000000000.crc"));

        assertThatThrownBy(() -> TABLES.open(whole(place)).latest())
                .isInstanceOf(TableUnreadable.class)
                .hasMessageContaining("timeMachine");
    }

    @Test
    void readsTablesByPathAndByUri() throws IOException {
        Path place = SharedTables.stage("gold/dim_customer", folder.resolve("100% gold ü"), 1);

        assertThat(TABLES.schema(place.toString()).columns()).hasSize(10);
        assertThat(TABLES.schema(place.toUri().toString()).columns()).hasSize(10);
        assertThat(TABLES.schema("file:" + place).columns()).hasSize(10);
    }

    private static dev.vitrine.contract.GoldTable customers(Path place) {
        return GoldTables.of(place, List.of(GoldTables.column("c_custkey", GoldTables.integer())), "c_custkey");
    }

    private static String commitFileOf(DeltaTable table, String id, long after, String commitFile) {
        try (ChangeFeed feed = table.changesAfter(id, after, commitFile, false).orElseThrow()) {
            return feed.next().commitFile();
        }
    }

    /// Follows to the end, reading all rows; the last version reached.
    private static long changes(DeltaTable table, DeltaSnapshot from, long to) {
        long reached = from.version();
        try (ChangeFeed feed = table.changesAfter(from.tableId(), from.version(), from.commitFile(), false)
                .orElseThrow()) {
            while (feed.hasNext() && reached < to) {
                ChangeFeed.Commit commit = feed.next();
                drain(commit.rows());
                reached = commit.version();
            }
        }
        return reached;
    }

    private static long drain(Rows rows) {
        long count = 0;
        try (rows) {
            while (rows.hasNext()) {
                count += rows.next().size();
            }
        }
        return count;
    }

    private static List<Path> parquet(Path place, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file -> file.toString().endsWith(".parquet")
                            && file.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }

    private static void delete(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
