package dev.vitrine.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.delta.DeltaTables;
import dev.vitrine.delta.kernel.KernelTables;
import dev.vitrine.delta.write.RandomTable;
import dev.vitrine.delta.write.TableModel;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.DeadLetter;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Order.Action;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A table that changes at random is followed by workers that are killed before or after any call of the store or any
/// read of the table. Whatever is served is then the table at the checkpoint's version, row for row and letter for
/// letter, and no reader ever sees it go back.
@Timeout(1800)
class KilledAnywhereTest {

    private static final boolean LONG = Boolean.getBoolean("vitrine.long");
    private static final int ROUNDS = LONG ? 5000 : 200;
    private static final int FEW_CALLS = 60;
    private static final int MANY_CALLS = 1000;
    /// So that a table does not grow without end.
    private static final int ROUNDS_OF_A_TABLE = 100;

    private final long seed = Long.getLong("vitrine.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final DeltaTables deltaTables = KernelTables.using(Map.of());

    @TempDir
    Path folder;

    @Test
    void whatIsServedIsTheTableAtTheCheckpointsVersion() throws Exception {
        System.out.printf("killed anywhere: seed %d (-Dvitrine.seed=)%n", seed);
        int kills = 0;
        for (int first = 0; first < ROUNDS; first += ROUNDS_OF_A_TABLE) {
            kills += followATable(folder.resolve("table" + first), random.nextLong());
        }
        System.out.printf("killed anywhere: %d rounds, %d kills%n", ROUNDS, kills);
        assertThat(kills).isGreaterThan(ROUNDS / 4);
    }

    private int followATable(Path place, long tableSeed) throws Exception {
        RandomTable table = RandomTable.create(place.resolve("lake"), tableSeed);
        Path storeFolder = place.resolve("store");
        int kills = 0;
        AtomicBoolean over = new AtomicBoolean();
        try (EntityStore readers = EmbeddedStores.open(storeFolder)) {
            StoredTable seen = readers.table(table.gold());
            CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> neverSeesItGoBack(seen, over));
            for (int round = 0; round < ROUNDS_OF_A_TABLE; round++) {
                int commits = random.nextInt(4);
                for (int commit = 0; commit < commits; commit++) {
                    table.commit();
                }
                if (random.nextInt(12) == 0) {
                    readers.orders().place(table.gold().address(), Action.REBUILD, null, List.of(), "test");
                }
                kills += live(storeFolder, table) ? 1 : 0;
                compare(table, seen);
                assertThat(reader).isNotDone();
            }
            settle(storeFolder, table);
            compare(table, seen);
            assertThat(seen.checkpoint().map(at -> at.revision().version()))
                    .as("%s, %s", seen.status(), table)
                    .contains(table.version());
            over.set(true);
            reader.join();
        }
        return kills;
    }

    /// The life of a process, until it is killed or has nothing to do.
    private boolean live(Path storeFolder, RandomTable table) throws InterruptedException {
        Kill kill = new Kill(random.nextInt(random.nextBoolean() ? FEW_CALLS : MANY_CALLS), random.nextBoolean());
        try (EntityStore opened = EmbeddedStores.open(storeFolder)) {
            EntityStore store = Interposed.on(EntityStore.class, opened, kill);
            DeltaTables tables = Interposed.on(DeltaTables.class, deltaTables, kill);
            try (TableWorker worker = worker(table, tables, store)) {
                step(worker, kill);
            } catch (Killed early) {
                assertThat(kill.struck()).isTrue();
            }
        }
        return kill.struck();
    }

    private void settle(Path storeFolder, RandomTable table) throws InterruptedException {
        try (EntityStore store = EmbeddedStores.open(storeFolder);
                TableWorker worker = worker(table, deltaTables, store)) {
            step(worker, new Kill(Integer.MAX_VALUE, true));
        }
    }

    /// The random tables have more bad rows than a guard would let through.
    private static TableWorker worker(RandomTable table, DeltaTables tables, EntityStore store) {
        Workshop shop = new Workshop(tables, store, Workers.PATIENT, new SimpleMeterRegistry(), InstantSource.system());
        return Workers.worker(table.gold(), table.gold(), shop);
    }

    private static void step(TableWorker worker, Kill kill) throws InterruptedException {
        Duration rest = Duration.ZERO;
        for (int steps = 0; rest.isZero() && !kill.struck(); steps++) {
            assertThat(steps).as("steps without a rest").isLessThan(100);
            rest = worker.step();
        }
    }

    private static void compare(RandomTable table, StoredTable stored) {
        Optional<Checkpoint> checkpoint = stored.checkpoint();
        if (checkpoint.isEmpty()) {
            return;
        }
        TableModel model = table.at(checkpoint.get().revision().version());
        assertThat(Watched.documents(stored)).as("%s", table).isEqualTo(model.served());
        assertThat(checkpoint.get().entities())
                .as("%s", table)
                .isEqualTo(model.served().size());
        Map<Boolean, List<DeadLetter>> letters = stored.deadLetters(Long.MAX_VALUE, 1000).stream()
                .collect(Collectors.partitioningBy(letter -> letter.key() == null));
        assertThat(texts(letters.getOrDefault(true, List.of()))).as("%s", table).isEqualTo(model.keylessLetters());
        Map<EntityKey, List<String>> withheld = letters.getOrDefault(false, List.of()).stream()
                .collect(Collectors.groupingBy(
                        letter -> Objects.requireNonNull(letter.key()),
                        Collectors.collectingAndThen(Collectors.toList(), KilledAnywhereTest::texts)));
        assertThat(withheld).as("%s", table).isEqualTo(model.withheld());
    }

    private static List<String> texts(List<DeadLetter> letters) {
        return letters.stream()
                .map(letter -> new String(letter.row(), UTF_8))
                .sorted()
                .toList();
    }

    private static void neverSeesItGoBack(StoredTable stored, AtomicBoolean over) {
        Revision last = null;
        while (!over.get()) {
            Revision now = stored.checkpoint().map(Checkpoint::revision).orElse(null);
            if (last != null) {
                assertThat(now).isNotNull().isGreaterThanOrEqualTo(last);
            }
            last = now;
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// The process dies.
    private static final class Killed extends Error {
        Killed() {
            super("killed");
        }
    }

    /// Strikes at the n-th call; what is called afterwards has no effect, but for what a death does by itself: files
    /// and
    /// transactions are let go.
    private static final class Kill implements Interposed.Watcher {

        private final int call;
        private final boolean before;
        private int calls;
        private boolean struck;

        Kill(int call, boolean before) {
            this.call = call;
            this.before = before;
        }

        synchronized boolean struck() {
            return struck;
        }

        @Override
        public void before(String name, @Nullable Object[] arguments) {
            if (!name.endsWith(".close")) {
                strike(before);
            }
        }

        @Override
        public void after(String name, @Nullable Object[] arguments, @Nullable Object result) {
            if (!name.endsWith(".close")) {
                strike(!before);
            }
        }

        private synchronized void strike(boolean now) {
            if (struck || now && calls++ == call) {
                struck = true;
                throw new Killed();
            }
        }
    }
}
