package dev.vitrine.delta.kernel;

import static dev.vitrine.delta.GoldTables.column;
import static dev.vitrine.delta.GoldTables.integer;
import static dev.vitrine.delta.GoldTables.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.EdgeTables;
import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.DeltaTable;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.delta.GoldTables;
import dev.vitrine.delta.TableMissing;
import dev.vitrine.delta.write.LooseWriter;
import dev.vitrine.delta.write.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What writers and their housekeeping do to a log.
class LogEdgesTest {

    private static final DeltaTables TABLES = KernelTables.using(Map.of());

    @TempDir
    Path folder;

    private Path place;
    private DeltaTable table;
    private Follower follower;

    @BeforeEach
    void openTable() {
        place = folder.resolve("things");
        table = TABLES.open(GoldTables.of(place, List.of(column("id", integer()), column("name", string())), "id"));
        follower = new Follower(table);
    }

    @Test
    void waitsForATableAndFollowsItFromTheEmptyOneOn() throws IOException {
        assertThatThrownBy(table::latest).isInstanceOf(TableMissing.class).hasMessageContaining("test/things");
        LooseWriter writer = create();

        DeltaSnapshot empty = table.latest();
        follower.load(empty);
        assertThat(empty.rowCount()).hasValue(0);
        assertThat(empty.rows(0).shareDone()).isEqualTo(1);
        assertThat(follower.entities()).isEmpty();
        insert(writer, 1);
        follow();
        assertThat(follower.entities()).hasSize(1);
    }

    @Test
    void followsManyCommitsAtOnce() throws IOException {
        LooseWriter writer = create();
        follower.load(table.latest());
        for (long id = 0; id < 120; id++) {
            insert(writer, id);
        }

        follow();

        assertThat(follower.version()).isEqualTo(120);
        assertThat(follower.entities()).hasSize(120);
    }

    @Test
    void asksForARebuildOnceTheLogWasCleanedPastAFollower() throws IOException {
        LooseWriter writer = create();
        for (long id = 1; id <= 25; id++) {
            insert(writer, id);
        }
        DeltaSnapshot early = table.at(7);
        DeltaSnapshot late = table.at(22);
        for (long version = 0; version < 20; version++) {
            Files.deleteIfExists(commit(version));
        }

        assertThatThrownBy(() -> table.at(7))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContainingAll("version 7", "20");
        DeltaTable restarted =
                TABLES.open(GoldTables.of(place, List.of(column("id", integer()), column("name", string())), "id"));
        assertThatThrownBy(() -> restarted.changesAfter(early.tableId(), 7, early.commitFile(), false))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("version 7");
        follower.load(late);
        follow();
        assertThat(follower.version()).isEqualTo(25);
        assertThat(follower.entities()).hasSize(25);
    }

    @Test
    void asksForARebuildWhereTheLogNoLongerTellsTheTableAsOfAFollower() throws IOException {
        LooseWriter writer = create();
        for (long id = 1; id <= 25; id++) {
            insert(writer, id);
        }
        DeltaSnapshot snapshot = table.at(15);
        for (long version = 0; version <= 10; version++) {
            Files.delete(commit(version));
        }

        assertThatThrownBy(() -> table.at(15))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("version 15");
        DeltaTable restarted = TABLES.open(GoldTables.whole(place));
        assertThatThrownBy(() -> restarted.changesAfter(snapshot.tableId(), 15, snapshot.commitFile(), false))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("version 15");
    }

    @Test
    void asksForARebuildWhereDataFilesWereVacuumed() throws IOException {
        LooseWriter writer = create();
        follower.load(table.latest());
        insert(writer, 1);
        Row row = writer.rows().getFirst();
        writer.commit(List.of(), Map.of(), List.of(row), false);
        try (Stream<Path> files = Files.list(place)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".parquet")).toList()) {
                Files.delete(file);
            }
        }

        assertThatThrownBy(this::follow)
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContainingAll("test/things", "version 1", ".parquet", "vacuumed?");
        follower.load(table.latest());
        assertThat(follower.entities()).isEmpty();
    }

    @Test
    void followsUpToWhereTheFeedIsSwitchedOffAndAgainFromWhereItIsOn() throws IOException {
        LooseWriter writer = create();
        follower.load(table.latest());
        insert(writer, 1);
        writer.feed(false);
        insert(writer, 2);
        writer.feed(true);
        insert(writer, 3);

        assertThatThrownBy(this::follow).isInstanceOf(FeedUnavailable.class).hasMessageContaining("version 2");
        assertThat(follower.version()).isEqualTo(1);
        assertThat(table.at(3).feedEnabled()).isFalse();
        follower.load(table.at(3));
        follow();
        assertThat(follower.version()).isEqualTo(5);
        assertThat(follower.entities()).hasSize(3);
    }

    @Test
    void noticesThatTheTableWasDroppedAndCreatedAnewAtItsPath() throws IOException {
        LooseWriter writer = create();
        insert(writer, 1);
        follower.load(table.latest());
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        assertThatThrownBy(this::follow).isInstanceOf(TableMissing.class);
        LooseWriter other = create();
        assertThatThrownBy(this::follow).isInstanceOf(FeedUnavailable.class).hasMessageContaining("replaced");
        insert(other, 5);
        assertThatThrownBy(this::follow).isInstanceOf(FeedUnavailable.class).hasMessageContaining("replaced");
        insert(other, 6);
        assertThatThrownBy(this::follow).isInstanceOf(FeedUnavailable.class).hasMessageContaining("replaced");
    }

    @Test
    void aCompactionChangesNoRow() throws IOException {
        LooseWriter writer = create();
        for (long id = 1; id <= 3; id++) {
            insert(writer, id);
        }
        follower.load(table.latest());
        writer.compact();
        Map<?, ?> before = follower.entities();

        follow();

        assertThat(follower.version()).isEqualTo(4);
        assertThat(follower.entities()).isEqualTo(before);
        follower.load(table.latest());
        assertThat(follower.entities()).isEqualTo(before);
    }

    @Test
    void readsRemovesOfOldWritersThatSayNeitherSizeNorPartition() throws IOException {
        LooseWriter writer = create();
        insert(writer, 1);
        insert(writer, 2);
        follower.load(table.latest());
        writer.commit(List.of(), Map.of(), List.of(writer.rows().getFirst()), false);
        Path commit = commit(3);
        Files.writeString(
                commit,
                Files.readString(commit)
                        .replaceAll(
                                "(\"remove\":\\{\"path\":\"[^\"]*\"),\"partitionValues\":\\{},\"size\":\\d+", "$1"));
        assertThat(Files.readString(commit)).doesNotContain("\"size\"");

        follow();

        assertThat(follower.entities()).hasSize(1);
    }

    @Test
    void asksForARebuildWhereARemoveDoesNotSayItsPartition() throws IOException {
        Path partitioned = EdgeTables.stage("widened_partition", folder.resolve("p"), 7);
        Path commit = partitioned.resolve("_delta_log/00000000000000000007.json");
        Files.writeString(commit, Files.readString(commit).replaceAll("\"partitionValues\":\\{[^}]*},", ""));
        Follower other = new Follower(TABLES.open(
                GoldTables.of(partitioned, List.of(column("id", integer()), column("number", integer())), "id")));
        other.load(TABLES.open(
                        GoldTables.of(partitioned, List.of(column("id", integer()), column("number", integer())), "id"))
                .at(6));

        assertThatThrownBy(() -> other.follow(version -> {}))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContainingAll("version 7", "partition");
    }

    private LooseWriter create() throws IOException {
        return LooseWriter.create(place, "id bigint, name string", new Random(1), 10);
    }

    private static void insert(LooseWriter writer, long id) throws IOException {
        writer.commit(List.of(Row.of("id", id, "name", "n" + id)), Map.of(), List.of(), true);
    }

    private void follow() {
        assertThat(follower.follow(version -> {})).isEmpty();
    }

    private Path commit(long version) {
        return place.resolve("_delta_log/%020d.json".formatted(version));
    }
}
