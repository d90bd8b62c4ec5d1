package dev.vitrine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.Origin;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.TableWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that loads a table, and catches up with commits before it swaps, is killed at random moments and goes on
/// each time. Nothing of it is served before the swap, and everything after it.
class KilledLoadTest {

    private static final int TABLES = Boolean.getBoolean("vitrine.long") ? 30 : 2;
    private static final int FILES = 40;
    private static final int ROWS = 500;
    private static final int COMMITS = 60;

    /// Well below the steps of a whole load, so that the first life of each never reaches the end.
    private static final int MOST_STEPS = (FILES + COMMITS) / 2;

    @TempDir
    Path folder;

    @Test
    void aKilledLoadIsGoneOnWithUntilItIsWhole() throws Exception {
        long seed = Long.getLong("vitrine.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int kills = 0;
        for (int i = 0; i < TABLES; i++) {
            Path store = folder.resolve("store" + i);
            long token = 1;
            while (!loadAndKill(store, token, random)) {
                kills++;
                token += random.nextInt(2);
            }
            verify(store);
        }
        System.out.println("killed " + kills + " times");
        assertThat(kills).as("seed %d", seed).isPositive();
    }

    /// Whether it came to the end before it was killed.
    private boolean loadAndKill(Path store, long token, Random random) throws Exception {
        try (ChildJvm loader = ChildJvm.start(Loader.class, store, token)) {
            loader.awaitLines(random.nextInt(MOST_STEPS));
            LockSupport.parkNanos(random.nextLong(5_000_000));
            loader.kill();
            List<String> said = loader.untilItEnds();
            boolean swapped = said.contains("swapped");
            assertThat(said).noneMatch(line -> line.startsWith("lost"));
            try (EntityStore opened = EmbeddedStores.open(store, Clock.systemUTC())) {
                StoredTable table = opened.table(StoppedProcessTest.TABLE);
                // it may have been killed between the swap and saying so
                return swapped || table.checkpoint().isPresent();
            }
        }
    }

    private static void verify(Path store) {
        try (EntityStore opened = EmbeddedStores.open(store, Clock.systemUTC())) {
            StoredTable table = opened.table(StoppedProcessTest.TABLE);
            assertThat(table.checkpoint().orElseThrow().revision().version()).isEqualTo(COMMITS + 1);
            assertThat(table.count(Filter.ALL, StoppedProcessTest.AMPLE).value())
                    .isEqualTo(FILES * ROWS - COMMITS);
            assertThat(table.checkpoint().orElseThrow().entities()).isEqualTo(FILES * ROWS - COMMITS);
            assertThat(table.deadLetterCount()).isZero();
            for (long id = 0; id < FILES * ROWS; id++) {
                Lookup found = table.get(EntityKey.of(id)).value();
                if (id < COMMITS) {
                    assertThat(found).isEqualTo(new Lookup.Absent());
                } else {
                    byte[] document = ((Lookup.Found) found).entity().document();
                    long expected = id < 2 * COMMITS ? id - COMMITS + 2 : 1;
                    assertThat(ByteBuffer.wrap(document).getLong())
                            .as("of %d", id)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /// The process that is killed. Commit v deletes row v - 2 and updates row v - 2 + COMMITS.
    static final class Loader {

        private Loader() {}

        public static void main(String[] arguments) {
            EntityStore store = EmbeddedStores.open(Path.of(arguments[0]), Clock.systemUTC());
            TableWriter writer = store.table(StoppedProcessTest.TABLE).writer(Long.parseLong(arguments[1]));
            System.out.println("step");
            Origin origin = new Origin("id", revision(1), "file 1");
            try (GenerationWriter load = writer.unfinished().orElseGet(() -> writer.rebuild(origin))) {
                load(load);
                if (load.seal().rows() != FILES * ROWS) {
                    System.out.println("lost: " + load.seal());
                }
                for (long version = load.checkpoint().revision().version() + 1; version <= COMMITS + 1; version++) {
                    commit(load, version);
                }
                load.swap();
            }
            System.out.println("swapped");
        }

        private static void load(GenerationWriter load) {
            if (load.kept().rows() != load.kept().files() * (long) ROWS) {
                System.out.println("lost: " + load.kept());
            }
            for (int file = load.kept().files(); file < FILES; file++) {
                List<EntityChange> rows = new ArrayList<>();
                for (long id = (long) file * ROWS; id < (file + 1L) * ROWS; id++) {
                    rows.add(row(id, 1, true));
                }
                load.add(rows.subList(0, ROWS / 2));
                load.add(rows.subList(ROWS / 2, ROWS));
                load.keep(file + 1);
                System.out.println("step");
            }
        }

        private static void commit(GenerationWriter load, long version) {
            try (ChangeWriter changes = load.changes()) {
                changes.begin(revision(version));
                changes.apply(
                        List.of(new Deleted(EntityKey.of(version - 2)), row(version - 2 + COMMITS, version, false)));
                if (changes.end().removed() != 1) {
                    System.out.println("lost a row before version " + version);
                }
                changes.publish(revision(version), "file " + version);
                System.out.println("step");
            }
        }

        private static Upserted row(long id, long version, boolean insert) {
            byte[] document = ByteBuffer.allocate(400).putLong(version).array();
            return new Upserted(EntityKey.of(id), document, List.of(id), insert);
        }

        private static Revision revision(long version) {
            return new Revision(0, version, Instant.EPOCH.plusSeconds(version));
        }
    }
}
