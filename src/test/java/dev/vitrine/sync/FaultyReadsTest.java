package dev.vitrine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.SharedTables;
import dev.vitrine.delta.FaultyTables;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus.State;
import dev.vitrine.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fails beneath a table that Spark wrote: nothing ends the worker, nothing wrong is served, each fault is
/// told with table, version and file, and when it is mended the worker goes on by itself.
class FaultyReadsTest {

    private static final String COMMIT_4 = "%020d.json".formatted(4);

    @TempDir
    Path folder;

    private final FaultyTables disk = new FaultyTables();
    private SparkTable spark;
    private EntityStore store;
    private StoredTable stored;
    private TableWorker worker;

    @BeforeEach
    void followVersionThree() throws Exception {
        spark = SparkTable.gold("dim_customer");
        store = EmbeddedStores.open(folder.resolve("store"));
        stored = store.table(spark.at(folder.resolve("lake")));
        worker = Workers.worker(stored.table(), disk, store, new SimpleMeterRegistry());
        release(3);
        settle();
        assertServed(3);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aChangeFileThatEndsTooEarly() throws Exception {
        disk.cut("_change_data", 100);
        release(4);
        assertFails("version 4", "_change_data");
        assertServed(3);
        assertGoesOn(4);
    }

    @Test
    void aChangeFileThatIsGone() throws Exception {
        disk.missing("_change_data");
        release(4);
        settle();
        assertServed(4);
        assertThat(stored.checkpoint().orElseThrow().generation()).isGreaterThan(1);
    }

    @Test
    void aDataFileOfASnapshotThatIsGone() throws Exception {
        disk.missing("_change_data");
        disk.missing("part-");
        release(4);
        assertFails("version 4", "part-");
        assertServed(3);
        assertGoesOn(4);
    }

    @Test
    void aCommitThatIsBeingWritten() throws Exception {
        disk.cut(COMMIT_4, 700);
        release(4);
        assertFails("version 4");
        assertServed(3);
        assertGoesOn(4);
    }

    @Test
    void aCommitThatIsEmptyYet() throws Exception {
        disk.cut(COMMIT_4, 0);
        release(4);
        assertFails("version 4");
        assertServed(3);
        assertGoesOn(5);
    }

    @Test
    void aCommitOfWhichOnlyTheFirstLinesWereThere() throws Exception {
        release(4);
        Path commit = folder.resolve("lake/_delta_log").resolve(COMMIT_4);
        String whole = Files.readString(commit);
        Files.writeString(commit, whole.substring(0, whole.indexOf('\n') + 1));
        settle();

        Files.writeString(commit, whole);
        settle();

        assertServed(4);
        release(6);
        settle();
        assertServed(6);
    }

    @Test
    void aCommitThatIsLostAmongOthers() throws Exception {
        Path lost = folder.resolve("lake/_delta_log").resolve("00000000000000000005.json");
        release(6);
        byte[] commit = Files.readAllBytes(lost);
        Files.delete(lost);
        assertFails("version");
        assertServed(4);
        TableState state = TableState.of(stored, new TableStates.Moved("test", null), Instant.now());
        assertThat(state.latestVersion()).isEqualTo(6);
        assertThat(state.lagCommits()).isEqualTo(2);
        assertThat(state.lagSeconds()).isPositive();

        Files.write(lost, commit);
        settle();
        assertServed(6);
        assertThat(stored.status().state()).isEqualTo(State.FOLLOWING);
    }

    @Test
    void aLogThatMayNotBeRead() throws Exception {
        disk.denied("_delta_log");
        release(4);
        assertFails("_delta_log", "Permission denied");
        assertServed(3);
        assertGoesOn(4);
    }

    @Test
    void aDataFileThatMayNotBeRead() throws Exception {
        disk.denied("_change_data");
        release(4);
        assertFails("version 4", "_change_data", "Permission denied");
        assertServed(3);
        assertGoesOn(4);
    }

    @Test
    void aDiskThatFailsTwiceAndThenWorks() throws Exception {
        disk.failing("_change_data", 2);
        release(4);
        for (int steps = 0; steps < 10; steps++) {
            worker.step();
            long version = stored.checkpoint().orElseThrow().revision().version();
            assertThat(Truth.served(stored)).isEqualTo(spark.truthAt((int) version));
        }
        assertServed(4);
        assertThat(stored.status().lastFailure()).isNotNull();
    }

    @Test
    void aSlowDisk() throws Exception {
        disk.slow("", Duration.ofMillis(20));
        release(spark.latest());
        settle();
        assertServed(spark.latest());
        assertThat(stored.status().lastFailure()).isNull();
    }

    private void release(int version) throws IOException {
        SharedTables.stage(spark.tables(), folder.resolve("lake"), version);
    }

    /// Steps until there is nothing to do.
    private void settle() throws InterruptedException {
        for (int steps = 0; steps < 20 && worker.step().isZero(); steps++) {}
    }

    private void assertFails(String... parts) throws InterruptedException {
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(worker.step()).isPositive();
            assertThat(stored.status().state()).isEqualTo(State.FAILED);
            assertThat(stored.status().message()).contains("spark/dim_customer").contains(parts);
        }
    }

    private void assertServed(int version) {
        assertThat(stored.checkpoint().orElseThrow().revision().version()).isEqualTo(version);
        assertThat(Truth.served(stored)).isEqualTo(spark.truthAt(version));
    }

    private void assertGoesOn(int version) throws Exception {
        disk.mend();
        release(version);
        settle();
        assertServed(version);
        assertThat(stored.status().state()).isEqualTo(State.FOLLOWING);
    }
}
