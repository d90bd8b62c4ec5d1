package dev.vitrine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.Origin;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.TableWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes versions of a table is killed at random moments. Version v of it has rows 0 to v mod 50 + 500,
/// each with v as its document, so that every version tells itself from all others.
class KilledProcessTest {

    private static final int ROUNDS = Boolean.getBoolean("vitrine.long") ? 100 : 6;
    private static final IndexedColumn ID =
            new IndexedColumn(List.of("id"), new FieldType.IntegerType(false, null, null));
    private static final GoldTable TABLE = new GoldTable(
            "shop",
            "things",
            "/lake/things",
            List.of(new Field("id", "id", ID.type(), true, true, null, null, null, List.of())),
            List.of(ID),
            List.of(ID),
            List.of(),
            0.5,
            Duration.ofMinutes(1),
            null);
    private static final ReadBudget AMPLE = new ReadBudget(1_000_000, Duration.ofSeconds(30));

    @TempDir
    Path folder;

    @Test
    void servesAnExactVersionAndNoneThatIsOlderThanAcknowledged() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        long acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged = Math.max(acknowledged, runAndKill(random.nextInt(5, 400)));
            try (EntityStore store = new EmbeddedStore(folder, Clock.systemUTC())) {
                acknowledged = verify(store.table(TABLE), acknowledged);
            }
        }
        assertThat(acknowledged).as("seed %d", seed).isPositive();
    }

    /// Returns the last version that the process said was published.
    private long runAndKill(int millis) throws Exception {
        try (ChildJvm process = ChildJvm.start(Writer.class, folder)) {
            process.awaitLine("started");
            Thread.sleep(millis);
            process.kill();
            return process.untilItEnds().stream()
                    .filter(line -> line.endsWith("."))
                    .mapToLong(line -> Long.parseLong(line.substring(0, line.length() - 1)))
                    .max()
                    .orElse(0);
        }
    }

    private static long verify(StoredTable table, long acknowledged) {
        if (table.checkpoint().isEmpty()) {
            assertThat(acknowledged).isZero();
            return 0;
        }
        long version = table.checkpoint().orElseThrow().revision().version();
        assertThat(version).isGreaterThanOrEqualTo(acknowledged);
        int rows = rows(version);
        assertThat(table.count(Filter.ALL, AMPLE).value()).isEqualTo(rows);
        for (long id = 0; id < rows; id++) {
            Lookup.Found found = (Lookup.Found) table.get(EntityKey.of(id)).value();
            assertThat(ByteBuffer.wrap(found.entity().document()).getLong()).isEqualTo(version);
        }
        return version;
    }

    private static int rows(long version) {
        return (int) (version % 50) + 500;
    }

    /// The process that is killed.
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) {
            EntityStore store = new EmbeddedStore(Path.of(arguments[0]), Clock.systemUTC());
            StoredTable table = store.table(TABLE);
            TableWriter writer = table.writer(1);
            long version = table.checkpoint()
                    .map(checkpoint -> checkpoint.revision().version())
                    .orElse(0L);
            System.out.println("started");
            while (true) {
                version++;
                if (version % 4 == 1) {
                    rebuild(writer, version);
                } else {
                    commit(writer, version);
                }
                System.out.println(version + ".");
            }
        }

        private static void rebuild(TableWriter writer, long version) {
            try (GenerationWriter load = writer.rebuild(new Origin("id", revision(version), "file"))) {
                load.add(documents(version, true));
                load.seal();
                load.swap();
            }
        }

        private static void commit(TableWriter writer, long version) {
            try (ChangeWriter commit = writer.changes()) {
                commit.begin(revision(version));
                List<EntityChange> changes = documents(version, false);
                for (long id = rows(version); id < 600; id++) {
                    changes.add(new EntityChange.Deleted(EntityKey.of(id)));
                }
                commit.apply(changes);
                commit.end();
                commit.publish(revision(version), "file");
            }
        }

        private static List<EntityChange> documents(long version, boolean insert) {
            List<EntityChange> documents = new ArrayList<>();
            for (long id = 0; id < rows(version); id++) {
                byte[] document = ByteBuffer.allocate(500).putLong(version).array();
                documents.add(new EntityChange.Upserted(EntityKey.of(id), document, List.of(id), insert));
            }
            return documents;
        }

        private static Revision revision(long version) {
            return new Revision(0, version, Instant.EPOCH.plusSeconds(version));
        }
    }
}
