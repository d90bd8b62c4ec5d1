package dev.vitrine.delta.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.DeltaTable;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.delta.GoldTables;
import dev.vitrine.delta.Rows;
import dev.vitrine.delta.TableMissing;
import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Upserted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A snapshot can be read in parts, and again later.
class SnapshotTest {

    private static final DeltaTables TABLES = KernelTables.using(Map.of());

    @TempDir
    Path folder;

    private DeltaWriter writer;
    private DeltaTable table;

    @BeforeEach
    void createTable() throws IOException {
        writer = DeltaWriter.create(folder, "id bigint not null, name string", List.of("id"));
        table = TABLES.open(GoldTables.of(folder, List.of(GoldTables.column("id", GoldTables.integer())), "id"));
        writer.commit(Changes.inserting(rows(0, 1200)));
        writer.commit(Changes.inserting(rows(2000, 2300)));
    }

    @Test
    void readsEachVersionThatIsInTheLog() throws IOException {
        DeltaSnapshot first = table.at(1);
        writer.commit(new Changes(List.of(), List.of(), List.of(Row.of("id", 7L))));

        assertThat(first.version()).isEqualTo(1);
        assertThat(table.at(0).rowCount()).hasValue(0);
        assertThat(table.at(1).rowCount()).hasValue(1200);
        assertThat(table.at(2).rowCount()).hasValue(1500);
        assertThat(table.at(3).rowCount()).hasValue(1499);
        assertThat(ids(table.at(1), 0)).containsExactlyElementsOf(ids(first, 0)).hasSize(1200);
        assertThat(table.at(2).commitFile()).isNotEqualTo(first.commitFile());
        assertThatThrownBy(() -> table.at(4))
                .isInstanceOf(FeedUnavailable.class)
                .hasMessageContaining("4")
                .hasMessageContaining("3");
    }

    @Test
    void saysThatThereIsNoTableAtAVersionEither() {
        DeltaTable none = TABLES.open(GoldTables.whole(folder.resolve("nowhere")));

        assertThatThrownBy(() -> none.at(0)).isInstanceOf(TableMissing.class);
        assertThatThrownBy(() -> none.at(7)).isInstanceOf(TableMissing.class);
    }

    @Test
    void countsNothingWhereAFileHasNoStatistics() throws IOException {
        Path commit = folder.resolve("_delta_log/00000000000000000002.json");
        Files.writeString(commit, Files.readString(commit).replaceAll("\"stats\":\".*}\"", "\"stats\":null"));

        assertThat(table.at(1).rowCount()).hasValue(1200);
        assertThat(table.at(2).rowCount()).isEmpty();
    }

    @Test
    void goesOnWhereFilesWereDone() {
        DeltaSnapshot snapshot = table.latest();
        List<Long> all = ids(snapshot, 0);
        List<Long> read = new ArrayList<>();
        int files = 0;
        try (Rows rows = snapshot.rows(0)) {
            while (rows.hasNext()) {
                read.addAll(idsOf(rows.next()));
                if (rows.filesDone() > files) {
                    files = rows.filesDone();
                    assertThat(ids(table.at(2), files))
                            .as("after %d files", files)
                            .containsExactlyElementsOf(all.subList(read.size(), all.size()));
                }
            }
        }
        assertThat(files).isEqualTo(7);
        assertThat(read).isEqualTo(all).hasSize(1500).doesNotHaveDuplicates();
        assertThat(ids(snapshot, 7)).isEmpty();
    }

    @Test
    void aSkippedFileIsDone() {
        try (Rows rows = table.latest().rows(3)) {
            assertThat(rows.filesDone()).isEqualTo(3);
            assertThat(rows.shareDone()).isEqualTo(3 / 7.0);
            rows.next();
            assertThat(rows.filesDone()).isEqualTo(4);
        }
    }

    private static List<Long> ids(DeltaSnapshot snapshot, int skipped) {
        List<Long> ids = new ArrayList<>();
        try (Rows rows = snapshot.rows(skipped)) {
            rows.forEachRemaining(batch -> ids.addAll(idsOf(batch)));
            assertThat(rows.filesDone()).isGreaterThanOrEqualTo(skipped);
        }
        return ids;
    }

    private static List<Long> idsOf(List<EntityChange> batch) {
        return batch.stream()
                .map(change -> (Long) ((Upserted) change).key().values().getFirst())
                .toList();
    }

    private static List<Row> rows(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(id -> Row.of("id", id, "name", "n" + id))
                .toList();
    }
}
