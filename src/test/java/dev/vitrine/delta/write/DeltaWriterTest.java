package dev.vitrine.delta.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.standalone.DeltaLog;
import io.delta.standalone.actions.AddFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaWriterTest {

    private static final List<String> KEY = List.of("id");

    @TempDir
    Path folder;

    @Test
    void givesBackEveryTypeAsItWasWritten() throws IOException {
        DeltaWriter writer = DeltaWriter.create(folder, """
                id bigint not null, b boolean, ti tinyint, si smallint, i int, f float, d double, s string,
                small decimal(9,2), large decimal(38,6), day date, at timestamp, local timestamp_ntz,
                `odd name, really` string, lines array<struct<part: bigint, price: decimal(12,2), tags: map<string, int>>>
                """, KEY);
        Row full = Row.of(
                "id",
                Long.MIN_VALUE,
                "b",
                true,
                "ti",
                (byte) -7,
                "si",
                (short) 300,
                "i",
                Integer.MAX_VALUE,
                "f",
                1.5f,
                "d",
                -0.0,
                "s",
                "a \"quoted\" 🛒",
                "small",
                new BigDecimal("9.00"),
                "large",
                new BigDecimal("12345678901234567890123456789012.000001"),
                "day",
                LocalDate.of(1969, 12, 31),
                "at",
                Instant.parse("2026-01-06T10:00:01.000003Z"),
                "local",
                LocalDateTime.parse("1950-06-01T00:00:00.000001"),
                "odd name, really",
                "yes",
                "lines",
                List.of(Row.of("part", 1L, "price", new BigDecimal("10.50"), "tags", Map.of("k", 2))));
        Row empty = Row.of("id", 1L).only(List.copyOf(full.values().keySet()));

        writer.commit(Changes.inserting(List.of(full, empty)));

        assertThat(DeltaWriter.open(folder, KEY).rows(writer.keys())).containsExactlyInAnyOrder(full, empty);
    }

    @Test
    void holdsWhatAMapHoldsAfterTheSameChanges() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        DeltaWriter writer = DeltaWriter.create(folder, "id bigint, name string", KEY);
        Map<Long, String> expected = new HashMap<>();
        for (int round = 0; round < 25; round++) {
            Map<Long, String> before = Map.copyOf(expected);
            List<Row> updates = new ArrayList<>();
            List<Row> deletes = new ArrayList<>();
            before.keySet().forEach(id -> {
                int dice = random.nextInt(20);
                if (dice == 0) {
                    deletes.add(Row.of("id", id));
                    expected.remove(id);
                } else if (dice == 1) {
                    updates.add(row(id, "updated " + random.nextInt()));
                    expected.put(id, (String) updates.getLast().get("name"));
                }
            });
            List<Row> inserts = new ArrayList<>();
            for (long id = round * 1000L; id < round * 1000L + random.nextInt(400); id++) {
                inserts.add(row(id, "new"));
                expected.put(id, "new");
            }
            writer.commit(new Changes(inserts, updates, deletes));
            if (random.nextInt(5) == 0) {
                writer = DeltaWriter.open(folder, KEY);
            }
        }

        Map<Long, String> found = new HashMap<>();
        writer.rows(writer.keys()).forEach(row -> found.put((Long) row.get("id"), (String) row.get("name")));
        assertThat(found).as("seed %d", seed).isEqualTo(expected);
        assertThat(Files.exists(folder.resolve("_delta_log/_last_checkpoint"))).isTrue();
        assertThat(DeltaLog.forTable(new Configuration(), folder.toString())
                        .snapshot()
                        .getAllFiles())
                .as("files as an independent reader lists them, seed %d", seed)
                .extracting(AddFile::getPath)
                .containsExactlyInAnyOrderElementsOf(filesOf(folder));
    }

    @Test
    void writesWhatChangedBesideTheData() throws IOException {
        DeltaWriter writer = DeltaWriter.create(folder, "id bigint, name string", KEY);
        writer.commit(Changes.inserting(List.of(row(1, "a"), row(2, "b"))));

        writer.commit(new Changes(List.of(row(3, "c")), List.of(row(1, "A")), List.of(Row.of("id", 2L))));

        String commit = Files.readString(folder.resolve("_delta_log/00000000000000000002.json"));
        assertThat(commit.lines().filter(line -> line.startsWith("{\"cdc\""))).hasSize(1);
        assertThat(commit.lines().filter(line -> line.startsWith("{\"remove\"")))
                .hasSize(1);
        assertThat(commit.lines().filter(line -> line.startsWith("{\"add\""))).hasSize(1);
    }

    @Test
    void neverReplacesAnotherWritersCommit() throws IOException {
        DeltaWriter first = DeltaWriter.create(folder, "id bigint, name string", KEY);
        DeltaWriter second = DeltaWriter.open(folder, KEY);
        first.commit(Changes.inserting(List.of(row(1, "first"))));

        assertThatThrownBy(() -> second.commit(Changes.inserting(List.of(row(1, "second")))))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(DeltaWriter.open(folder, KEY).rows(Set.of(Row.of("id", 1L)))).containsExactly(row(1, "first"));
    }

    @Test
    void refusesToUpdateWhatIsNotThere() throws IOException {
        DeltaWriter writer = DeltaWriter.create(folder, "id bigint, name string", KEY);

        assertThatThrownBy(() -> writer.commit(new Changes(List.of(), List.of(row(7, "x")), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id=7");
    }

    @Test
    void vacuumKeepsEveryVersionOfTheHistoryReadable() throws IOException {
        Duration history = Duration.ofHours(1);
        DeltaWriter writer = DeltaWriter.create(folder, "id bigint, name string", KEY, history);
        writer.commit(Changes.inserting(List.of(row(1, "version 1"), row(2, "stays"))));
        change(writer, 25);
        age(history.plusMinutes(1));
        change(writer, 40);

        writer.vacuum(history);

        Set<Path> after = everything();
        assertThat(commits(after))
                .as("a checkpoint older than the history begins it")
                .startsWith(20L)
                .endsWith(40L);
        assertThat(after.stream().filter(DeltaWriterTest::isParquet))
                .as("the data and the changes of 21 versions, and the data that the first of them removed")
                .hasSize(43);
        DeltaLog log = DeltaLog.forTable(new Configuration(), folder.toString());
        for (long version = 20; version <= 40; version++) {
            assertThat(log.getSnapshotForVersionAsOf(version).getAllFiles())
                    .as("files of version %d", version)
                    .allSatisfy(
                            file -> assertThat(folder.resolve(file.getPath())).exists());
        }
        assertThat(new CommitLog(folder).named())
                .as("files of the changes")
                .allSatisfy(path -> assertThat(folder.resolve(path)).exists());
        assertThat(DeltaWriter.open(folder, KEY).rows(writer.keys()))
                .containsExactlyInAnyOrder(row(1, "version 40"), row(2, "stays"));
    }

    @Test
    void vacuumLeavesYoungFilesThatNobodyNamesYet() throws IOException {
        DeltaWriter writer = DeltaWriter.create(folder, "id bigint, name string", KEY);
        writer.commit(Changes.inserting(List.of(row(1, "a"))));
        Path young = Files.createFile(folder.resolve("part-of-a-commit-to-come.parquet"));
        Path old = Files.createFile(folder.resolve("part-of-a-commit-that-failed.parquet"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        writer.vacuum(Duration.ofHours(1));

        assertThat(young).exists();
        assertThat(old).doesNotExist();
        assertThat(writer.rows(writer.keys())).containsExactly(row(1, "a"));
    }

    private static void change(DeltaWriter writer, long upToVersion) throws IOException {
        while (writer.version() < upToVersion) {
            writer.commit(new Changes(List.of(), List.of(row(1, "version " + (writer.version() + 1))), List.of()));
        }
    }

    private void age(Duration by) throws IOException {
        for (Path file : everything()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(by)));
        }
    }

    private Set<Path> everything() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toSet());
        }
    }

    private static boolean isParquet(Path file) {
        return file.toString().endsWith(".parquet") && !file.toString().contains("_delta_log");
    }

    private static List<Long> commits(Set<Path> files) {
        return files.stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".json"))
                .map(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
                .sorted()
                .toList();
    }

    private static List<String> filesOf(Path table) throws IOException {
        return new DataFiles(table, ColumnList.parse("id bigint"), KEY, DataFiles.newEngine())
                .current().stream().map(DataFile::path).toList();
    }

    private static Row row(long id, String name) {
        return Row.of("id", id, "name", name);
    }
}
