package dev.vitrine.delta.kernel;

import static dev.vitrine.delta.GoldTables.column;
import static dev.vitrine.delta.GoldTables.integer;
import static dev.vitrine.delta.GoldTables.string;
import static dev.vitrine.delta.kernel.TruthRows.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.EdgeTables;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType.ArrayType;
import dev.vitrine.contract.FieldType.DateType;
import dev.vitrine.contract.FieldType.DecimalType;
import dev.vitrine.contract.FieldType.LocalTimestampType;
import dev.vitrine.contract.FieldType.MapType;
import dev.vitrine.contract.FieldType.NumberType;
import dev.vitrine.contract.FieldType.ObjectType;
import dev.vitrine.delta.ChangeFeed;
import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.DeltaTable;
import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.delta.GoldTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Whatever happens to a table, following it leads to what Spark reads, or says from which version on it does not.
class EdgeTablesTest {

    private static final DeltaEngine ENGINE = new DeltaEngine(Map.of());

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.vitrine.EdgeTables#names")
    void readsEveryVersionAndEveryCommitAsSparkDoes(String name) throws IOException {
        KernelTable table = new KernelTable(ENGINE, GoldTables.whole(stage(name, EdgeTables.latest(name))));
        KernelSnapshot before = null;
        for (long version = 0; version <= EdgeTables.latest(name); version++) {
            KernelSnapshot snapshot = table.at(version);
            String file = "%05d.jsonl".formatted(version);
            assertThat(texts(TruthRows.of(ENGINE, snapshot.reads())))
                    .as("version %d", version)
                    .isEqualTo(texts(lines(EdgeTables.truth(name).resolve("s").resolve(file))));
            Path changes = EdgeTables.truth(name).resolve("v").resolve(file);
            if (before != null && before.tableId().equals(snapshot.tableId()) && Files.exists(changes)) {
                compareChanges(changes(table, before), lines(changes), version);
            }
            before = snapshot;
        }
    }

    @Test
    void followsWidenedColumnsThatTheContractHolds() throws IOException {
        followsToTheEnd(
                "widened",
                column("id", integer()),
                column("n", integer()),
                column("tiny", integer()),
                column("price", new DecimalType(20, 2, false)),
                column("day", new LocalTimestampType()),
                column(
                        "nested",
                        new ObjectType(
                                List.of(column("n", integer()), column("day", new LocalTimestampType())), false)),
                column("list", new ArrayType(integer())),
                column("counts", new MapType(integer())),
                column("toDouble", new NumberType(false)),
                column("toDecimal", new DecimalType(12, 2, false)));
    }

    @Test
    void followsWidenedPartitionColumns() throws IOException {
        followsToTheEnd(
                "widened_partition",
                column("id", integer()),
                column("number", integer()),
                column("day", new LocalTimestampType()),
                column("text", string()));
    }

    @Test
    void asksForARebuildWhereWideningShowsMoreDigits() throws IOException {
        refusesFeed(
                "widened", 5, "column ratio was widened from float to double", column("ratio", new NumberType(false)));
    }

    @Test
    void namesColumnAndVersionWhereTheContractDoesNotHoldTheWidenedType() throws IOException {
        Follower follower = load("widened", 0, List.of(column("id", integer()), column("day", new DateType())));
        stage("widened", EdgeTables.latest("widened"));

        assertThat(follower.follow(version -> {}))
                .singleElement()
                .asString()
                .contains("column day is timestamp_ntz", "date", "version 9");
        assertThat(follower.version()).isEqualTo(8);
    }

    @Test
    void asksForARebuildWhereARenamedColumnIsServedUnderItsNewName() throws IOException {
        DecimalType decimal = new DecimalType(10, 2, false);
        refusesFeed("renamed", 2, "column total has values that were under another name", column("total", decimal));
        Field member = column("nested", new ObjectType(List.of(column("xx", integer())), false));
        refusesFeed("renamed", 7, "column nested.xx has values that were under another name", member);
    }

    @Test
    void holdsWhereAServedColumnIsRenamedOrDropped() throws IOException {
        Field amount = column("amount", new DecimalType(10, 2, false));
        assertThat(misfits("renamed", 1, amount)).singleElement().asString().contains("column amount", "version 2");
        assertThat(misfits("renamed", 3, column("note", string())))
                .singleElement()
                .asString()
                .contains("column note", "version 4");
    }

    @Test
    void aColumnAddedAgainUnderADroppedNameBeginsEmpty() throws IOException {
        List<Field> columns = List.of(column("id", integer()), column("note", string()));
        Follower follower = load("renamed", 4, columns);
        stage("renamed", 8);

        assertThat(follower.follow(version -> compare(follower, "renamed", version, columns)))
                .isEmpty();
        assertThat(follower.version()).isEqualTo(8);
    }

    @Test
    void asksForARebuildWhereADroppedColumnIsRestored() throws IOException {
        List<Field> columns = List.of(column("id", integer()), column("note", string()));
        Follower follower = load("renamed", 9, columns);
        stage("renamed", 12);

        assertThatThrownBy(() -> follower.follow(version -> {}))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("version 10")
                .hasMessageContaining("column note");
    }

    @Test
    void followsColumnsMappedById() throws IOException {
        followsToTheEnd(
                "mapped_by_id",
                column("id", integer()),
                column("list", new ArrayType(new ObjectType(List.of(column("x y", integer())), false))));
    }

    @Test
    void followsCommitsThatChangeSchemaAndRowsAtOnce() throws IOException {
        followsToTheEnd(
                "evolved",
                column("id", integer()),
                column("name", string()),
                column("more", integer()),
                column("nested", new ObjectType(List.of(column("a", integer())), false)));
    }

    @Test
    void followsRestoresOfColumnsThatStay() throws IOException {
        followsToTheEnd("restored", column("id", integer()), column("name", string()));
        assertThat(misfits("restored", 5, column("tier", string())))
                .singleElement()
                .asString()
                .contains("column tier", "version 7");
    }

    @Test
    void followsDeletionVectorsThroughRestorePurgeAndOverwrite() throws IOException {
        followsToTheEnd("vectors", column("id", integer()), column("name", string()));
    }

    @Test
    void followsAShallowCloneWhoseFilesAreItsSources() throws IOException {
        followsToTheEnd("clone", column("id", integer()), column("name", string()));
    }

    @Test
    void commitTimesAreThoseOfTheLogWhereItHasThem() throws IOException {
        Path place = stage("timed", 4);
        try (var log = Files.list(place.resolve("_delta_log"))) {
            for (Path file : log.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
            }
        }
        DeltaTable table = new KernelTable(ENGINE, GoldTables.whole(place));

        DeltaSnapshot start = table.at(2);
        assertThat(start.commitTime().toEpochMilli()).isEqualTo(inCommit(place, 2));
        try (ChangeFeed feed = table.changesAfter(start.tableId(), 2, start.commitFile(), false)
                .orElseThrow()) {
            while (feed.hasNext()) {
                ChangeFeed.Commit commit = feed.next();
                assertThat(commit.commitTime().toEpochMilli()).isEqualTo(inCommit(place, commit.version()));
            }
        }
        assertThat(table.latest().commitTime().toEpochMilli()).isEqualTo(inCommit(place, 4));
    }

    @Test
    void noticesThatATableWasCreatedAnewAtItsPath() throws IOException {
        List<Field> columns = List.of(column("id", integer()), column("a", string()));
        Follower follower = load("schema_replaced", 0, columns);
        stage("schema_replaced", 8);

        assertThatThrownBy(() -> follower.follow(version -> compare(follower, "schema_replaced", version, columns)))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("version 5 replaced the table");
        assertThat(follower.version()).isEqualTo(4);
        KernelTable table = open("schema_replaced", columns);
        follower.load(table.at(6));
        assertThatThrownBy(() -> follower.follow(version -> {}))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("version 7 replaced the table");
        follower.load(table.at(7));
        assertThat(table.at(7).feedEnabled()).isFalse();
        assertThatThrownBy(() -> follower.follow(version -> {}))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("switched off in version 8");
    }

    /// Commit by commit at first, then many at once; with no rebuild.
    private void followsToTheEnd(String name, Field... columns) throws IOException {
        Follower follower = load(name, 0, List.of(columns));
        while (follower.version() < EdgeTables.latest(name)) {
            stage(name, follower.version() < 4 ? follower.version() + 1 : EdgeTables.latest(name));
            assertThat(follower.follow(reached -> compare(follower, name, reached, List.of(columns))))
                    .isEmpty();
        }
    }

    private void refusesFeed(String name, long version, String why, Field served) throws IOException {
        Follower follower = load(name, 0, List.of(column("id", integer()), served));
        stage(name, EdgeTables.latest(name));

        assertThatThrownBy(() -> follower.follow(reached -> {}))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("version " + version)
                .hasMessageContaining(why);
        assertThat(follower.version()).isEqualTo(version - 1);
    }

    private List<String> misfits(String name, long from, Field served) throws IOException {
        Follower follower = load(name, from, List.of(column("id", integer()), served));
        stage(name, EdgeTables.latest(name));
        return follower.follow(reached -> {});
    }

    private static void compare(Follower follower, String name, long version, List<Field> columns) {
        try {
            Path truth = EdgeTables.truth(name).resolve("s/%05d.jsonl".formatted(version));
            assertThat(TruthDocuments.of(follower.entities().values()))
                    .as("version %d", version)
                    .isEqualTo(TruthDocuments.of(truth, columns));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of a commit that changes the schema Spark shows deleted rows in the new one, we in the old one: then only keys
    /// count.
    private static void compareChanges(List<ObjectNode> changes, List<ObjectNode> truth, long version) {
        boolean oneSchema = Stream.concat(changes.stream(), truth.stream())
                        .map(ObjectNode::propertyNames)
                        .distinct()
                        .count()
                <= 1;
        if (!oneSchema) {
            List<String> key = List.of("id", "_change_type", "_commit_version");
            changes.forEach(row -> row.retain(key));
            truth.forEach(row -> row.retain(key));
        }
        assertThat(texts(changes)).as("changes of version %d", version).isEqualTo(texts(truth));
    }

    private Follower load(String name, long version, List<Field> columns) throws IOException {
        stage(name, version);
        KernelTable table = open(name, columns);
        Follower follower = new Follower(table);
        follower.load(table.at(version));
        return follower;
    }

    private KernelTable open(String name, List<Field> columns) {
        return new KernelTable(ENGINE, GoldTables.of(folder.resolve(name), columns, "id"));
    }

    private Path stage(String name, long version) throws IOException {
        if (name.equals("clone")) {
            EdgeTables.stage("clone_source", folder.resolve("clone_source"), EdgeTables.latest("clone_source"));
        }
        return EdgeTables.stage(name, folder.resolve(name), version);
    }

    private static List<ObjectNode> changes(KernelTable table, KernelSnapshot before) {
        try (KernelFeed feed = table.feedAfter(before.tableId(), before.version(), before.commitFile(), false)
                .orElseThrow()) {
            KernelFeed.KernelCommit commit = feed.next();
            return TruthRows.changes(ENGINE, commit.version(), commit.reads());
        }
    }

    private static List<ObjectNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(TruthRows::parse).toList();
    }

    private static long inCommit(Path place, long version) throws IOException {
        Matcher time = Pattern.compile("\"inCommitTimestamp\":(\\d+)")
                .matcher(Files.readString(place.resolve("_delta_log/%020d.json".formatted(version))));
        assertThat(time.find()).isTrue();
        return Long.parseLong(time.group(1));
    }
}
