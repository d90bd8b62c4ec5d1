package dev.vitrine.delta.kernel;

import static dev.vitrine.delta.kernel.TruthRows.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.SharedTables;
import dev.vitrine.delta.GoldTables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Whatever Spark reads from a table, we read.
class SparkTruthTest {

    private static final DeltaEngine ENGINE = new DeltaEngine(Map.of());

    @ParameterizedTest
    @MethodSource("dev.vitrine.SharedTables#corpus")
    void readsTheNewestSnapshotAsSparkDoes(String name) throws IOException {
        Path table = SharedTables.table("corpus/tables/" + name);
        List<ObjectNode> truth = lines(SharedTables.table("corpus/truth/" + name + "/snapshot.jsonl"));

        assertThat(texts(snapshot(table, -1))).isEqualTo(texts(truth));
    }

    @ParameterizedTest
    @MethodSource("dev.vitrine.SharedTables#corpus")
    void readsTheChangesOfEachCommitAsSparkDoes(String name) throws IOException {
        Path table = SharedTables.table("corpus/tables/" + name);
        Map<Long, List<ObjectNode>> truth = new TreeMap<>();
        try (var files = Files.list(SharedTables.table("corpus/truth/" + name + "/v"))) {
            for (Path file : files.toList()) {
                truth.put(Long.parseLong(file.getFileName().toString().substring(0, 5)), lines(file));
            }
        }
        boolean schemaGrows = name.equals("h_addcol");
        truth.forEach((version, expected) -> {
            if (version > 0) {
                List<ObjectNode> changes = changes(table, version - 1, version);
                assertThat(schemaGrows ? texts(compact(changes)) : texts(changes))
                        .as("version %d", version)
                        .isEqualTo(schemaGrows ? texts(compact(expected)) : texts(expected));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dim_customer", "fact_orders", "monthly_revenue"})
    void readsEverySnapshotOfTheGoldTablesAsSparkDoes(String name) throws IOException {
        Path table = SharedTables.table("gold/" + name);
        try (var files = Files.list(SharedTables.table("gold/truth/" + name))) {
            for (Path file : files.toList()) {
                String fileName = file.getFileName().toString();
                if (fileName.startsWith("v")) {
                    long version = Long.parseLong(fileName.substring(1, fileName.indexOf('.')));
                    assertThat(texts(snapshot(table, version))).as(fileName).isEqualTo(texts(lines(file)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dim_customer", "fact_orders", "monthly_revenue"})
    void readsTheWholeFeedOfTheGoldTablesAsSparkDoes(String name) throws IOException {
        Path table = SharedTables.table("gold/" + name);
        List<ObjectNode> truth = lines(SharedTables.table("gold/truth/" + name + "/cdf.jsonl.gz"));

        assertThat(texts(compact(changes(table, 0, Long.MAX_VALUE)))).isEqualTo(texts(compact(truth)));
    }

    private static List<ObjectNode> snapshot(Path table, long version) {
        KernelTable opened = new KernelTable(ENGINE, GoldTables.whole(table));
        KernelSnapshot snapshot = version < 0 ? opened.latest() : opened.at(version);
        return TruthRows.of(ENGINE, snapshot.reads());
    }

    private static List<ObjectNode> changes(Path table, long after, long to) {
        KernelTable opened = new KernelTable(ENGINE, GoldTables.whole(table));
        KernelSnapshot start = opened.at(after);
        List<ObjectNode> rows = new ArrayList<>();
        try (KernelFeed feed = opened.feedAfter(start.tableId(), after, start.commitFile(), false)
                .orElseThrow()) {
            while (feed.hasNext()) {
                KernelFeed.KernelCommit commit = feed.next();
                rows.addAll(TruthRows.changes(ENGINE, commit.version(), commit.reads()));
                if (commit.version() == to) {
                    break;
                }
            }
        }
        return rows;
    }

    private static List<ObjectNode> compact(List<ObjectNode> rows) {
        return rows.stream().map(TruthRows::compact).toList();
    }

    private static List<ObjectNode> lines(Path file) throws IOException {
        boolean zipped = file.toString().endsWith(".gz");
        try (var bytes = Files.newInputStream(file);
                var lines = new BufferedReader(
                        new InputStreamReader(zipped ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8))) {
            return lines.lines().map(TruthRows::parse).toList();
        }
    }
}
