package dev.vitrine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.SharedTables;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lease;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Several processes over one store: one moves the table, another takes over when it is killed, and one that was
/// stopped for longer than its lease does no harm when it goes on.
@Timeout(180)
class TakeoverTest {

    @TempDir
    Path folder;

    @RegisterExtension
    private final SyncProcesses processes = new SyncProcesses();

    private final AtomicBoolean over = new AtomicBoolean();
    private SparkTable spark;
    private EntityStore store;
    private StoredTable stored;
    private CompletableFuture<Long> reader;

    @BeforeEach
    void open() throws IOException {
        spark = SparkTable.gold("dim_customer");
        release(2);
        store = EmbeddedStores.open(folder.resolve("store"));
        stored = store.table(spark.at(table()));
        reader = CompletableFuture.supplyAsync(this::pollForward);
    }

    @AfterEach
    void close() {
        over.set(true);
        assertThat(reader.join()).isEqualTo(served());
        store.close();
    }

    @Test
    void anotherWorkerTakesOverFromOneThatWasKilled() throws Exception {
        Process first = start();
        Eventually.holds(() -> served() == 2);
        Process second = start();
        release(4);
        Eventually.holds(() -> served() == 4);
        assertThat(holder()).isEqualTo(first.pid());

        SyncProcesses.kill(first);
        release(9);

        Eventually.holds(() -> holder() == second.pid());
        Eventually.holds(() -> served() == 9);
        assertThat(Truth.served(stored)).isEqualTo(spark.truthAt(9));
        assertThat(generation()).isEqualTo(1);
    }

    @Test
    void aWorkerThatWasStoppedForLongerThanItsLeaseDoesNoHarmWhenItGoesOn() throws Exception {
        Process first = start();
        Eventually.holds(() -> served() == 2);
        Process second = start();
        stopUntilItIsReplaced(first, second);
        release(6);
        Eventually.holds(() -> served() == 6);
        assertThat(holder()).isEqualTo(second.pid());

        signal(first, "CONT");
        release(spark.latest());

        Eventually.holds(() -> served() == spark.latest());
        assertThat(Truth.served(stored)).isEqualTo(spark.truthAtLast());
        assertThat(holder()).isEqualTo(second.pid());
        assertThat(generation()).isEqualTo(1);

        SyncProcesses.kill(second);
        Eventually.holds(() -> holder() == first.pid());
    }

    /// A process that is stopped in the middle of a transaction keeps the file's lock, and nobody can take over before
    /// it
    /// goes on; then it is stopped again, a moment later.
    private void stopUntilItIsReplaced(Process first, Process second) throws Exception {
        for (int attempt = 0; attempt < 5 && holder() != second.pid(); attempt++) {
            Thread.sleep(300);
            signal(first, "STOP");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (holder() != second.pid() && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            if (holder() != second.pid()) {
                signal(first, "CONT");
            }
        }
    }

    private Process start() throws IOException {
        return processes.start(folder.resolve("store"), Map.of(spark.name(), table()));
    }

    private static void signal(Process process, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private Path table() {
        return folder.resolve("lakehouse");
    }

    private void release(int version) throws IOException {
        SharedTables.stage(spark.tables(), table(), version);
    }

    /// Reads on and on; fails where a revision goes back. Returns the version it saw last.
    private long pollForward() {
        Revision last = null;
        while (!over.get() || last == null || last.version() != served()) {
            Revision now = stored.checkpoint().map(at -> at.revision()).orElse(last);
            if (last != null && now != null) {
                assertThat(now).isGreaterThanOrEqualTo(last);
            }
            last = now;
        }
        return last.version();
    }

    private long served() {
        return stored.checkpoint().map(at -> at.revision().version()).orElse(-1L);
    }

    private long generation() {
        return stored.checkpoint().orElseThrow().generation();
    }

    /// Process id of the lease's holder, -1 if there is none.
    private long holder() {
        return store.leases()
                .current("spark/" + spark.name())
                .map(Lease::holder)
                .map(holder -> Long.parseLong(holder.split("-", 2)[0]))
                .orElse(-1L);
    }
}
