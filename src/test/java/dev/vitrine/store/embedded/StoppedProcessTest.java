package dev.vitrine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.Origin;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.TableWriter;
import dev.vitrine.store.WriterBusy;
import dev.vitrine.store.WriterFenced;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes is stopped for longer than its lease, another takes over, and the first goes on: nothing of it
/// comes through any more.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
class StoppedProcessTest {

    static final IndexedColumn ID = new IndexedColumn(List.of("id"), new FieldType.IntegerType(false, null, null));
    static final GoldTable TABLE = new GoldTable(
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
    static final ReadBudget AMPLE = new ReadBudget(1_000_000, Duration.ofSeconds(30));

    private static final int ROUNDS = Boolean.getBoolean("vitrine.long") ? 100 : 6;
    private static final int KEYS = 50;

    @TempDir
    Path folder;

    private EntityStore store;
    private StoredTable table;

    @BeforeEach
    void open() {
        store = EmbeddedStores.open(folder);
        table = store.table(TABLE);
        rebuild(table.writer(1), 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aTakeoverWaitsForTheTransactionOfAStoppedWriter() throws Exception {
        try (ChildJvm stale = ChildJvm.start(Stale.class, folder, "waiting")) {
            stale.awaitLine("open 2");
            stale.signal("STOP");
            CompletableFuture<TableWriter> takeover = CompletableFuture.supplyAsync(() -> takeOver(2));
            Thread.sleep(500);
            assertThat(takeover).isNotDone();
            stale.signal("CONT");
            stale.goOn();
            TableWriter writer = takeover.get(30, TimeUnit.SECONDS);
            holds(2);
            stale.goOn();
            assertThat(stale.untilItEnds()).contains("published 2", "fenced").doesNotContain("published 3");
            commit(writer, 3);
            holds(3);
        }
    }

    @Test
    void aSwapOfAStoppedWriterIsRefusedWhenItGoesOn() throws Exception {
        try (ChildJvm stale = ChildJvm.start(Stale.class, folder, "sealed")) {
            stale.awaitLine("sealed");
            stale.signal("STOP");
            TableWriter writer = table.writer(2);
            commit(writer, 2);
            rebuild(writer, 3);
            stale.signal("CONT");
            stale.goOn();
            assertThat(stale.untilItEnds()).contains("fenced").doesNotContain("swapped");
            holds(3);
            commit(writer, 4);
            holds(4);
        }
    }

    @Test
    void aLoadOfAStoppedWriterIsLeftAloneAndNotServed() throws Exception {
        try (ChildJvm stale = ChildJvm.start(Stale.class, folder, "loading")) {
            stale.awaitLine("loading");
            stale.signal("STOP");
            TableWriter writer = table.writer(2);
            assertThat(writer.unfinished()).isEmpty();
            writer.tidy(Instant.EPOCH);
            rebuild(writer, 2);
            stale.signal("CONT");
            stale.goOn();
            assertThat(stale.untilItEnds()).contains("fenced").doesNotContain("swapped");
            holds(2);
        }
    }

    @Test
    void whereverAWriterIsStoppedNothingOfItComesThroughAfterATakeover() throws Exception {
        long seed = Long.getLong("vitrine.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long token = 10L + 2 * round;
            try (ChildJvm stale = ChildJvm.start(Stale.class, folder, "busy", token)) {
                stale.awaitLine("started");
                Thread.sleep(random.nextInt(300));
                stale.signal("STOP");
                CompletableFuture<TableWriter> takeover = CompletableFuture.supplyAsync(() -> takeOver(token + 1));
                boolean waited = waits(takeover);
                if (waited) {
                    stale.signal("CONT");
                }
                TableWriter writer = takeover.get(30, TimeUnit.SECONDS);
                long version = table.checkpoint().orElseThrow().revision().version();
                holds(version);
                commit(writer, version + 1);
                if (!waited) {
                    stale.signal("CONT");
                }
                assertThat(stale.untilItEnds()).as("seed %d", seed).contains("fenced");
                holds(version + 1);
                rebuild(writer, version + 2);
                writer.tidy(Instant.EPOCH);
                holds(version + 2);
            }
        }
    }

    /// As long as the writer before has a transaction open, it is told so, again and again.
    private TableWriter takeOver(long token) {
        while (true) {
            try {
                return table.writer(token);
            } catch (WriterBusy stopped) {
                assertThat(stopped).hasMessageContaining(table.table().address());
            }
        }
    }

    private static boolean waits(CompletableFuture<TableWriter> takeover) throws Exception {
        try {
            takeover.get(300, TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        }
    }

    /// Every row is of that version.
    private void holds(long version) {
        assertThat(table.checkpoint().orElseThrow().revision().version()).isEqualTo(version);
        for (long id = 0; id < KEYS; id++) {
            Lookup.Found found = (Lookup.Found) table.get(EntityKey.of(id)).value();
            assertThat(ByteBuffer.wrap(found.entity().document()).getLong()).isEqualTo(version);
        }
    }

    private static void rebuild(TableWriter writer, long version) {
        try (GenerationWriter load = writer.rebuild(origin(version))) {
            load.add(rows(version, true));
            load.keep(1);
            load.seal();
            load.swap();
        }
    }

    private static void commit(TableWriter writer, long version) {
        try (ChangeWriter changes = writer.changes()) {
            apply(changes, version);
            changes.publish(revision(version), "file");
        }
    }

    private static void apply(ChangeWriter changes, long version) {
        changes.begin(revision(version));
        changes.apply(rows(version, false));
        changes.end();
    }

    private static List<EntityChange> rows(long version, boolean insert) {
        List<EntityChange> rows = new ArrayList<>();
        for (long id = 0; id < KEYS; id++) {
            byte[] document = ByteBuffer.allocate(300).putLong(version).array();
            rows.add(new Upserted(EntityKey.of(id), document, List.of(id), insert));
        }
        return rows;
    }

    private static Origin origin(long version) {
        return new Origin("id", revision(version), "file");
    }

    private static Revision revision(long version) {
        return new Revision(0, version, Instant.EPOCH.plusSeconds(version));
    }

    /// The process that is stopped. It goes on until it is refused.
    static final class Stale {

        private Stale() {}

        public static void main(String[] arguments) throws IOException {
            EntityStore store = EmbeddedStores.open(Path.of(arguments[0]), Clock.systemUTC());
            StoredTable table = store.table(TABLE);
            try {
                switch (arguments[1]) {
                    case "waiting" -> waiting(table.writer(1));
                    case "sealed" -> sealed(table.writer(1));
                    case "loading" -> loading(table.writer(1));
                    default -> busy(table, Long.parseLong(arguments[2]));
                }
            } catch (WriterFenced e) {
                System.out.println("fenced");
            }
        }

        private static void waiting(TableWriter writer) throws IOException {
            for (long version = 2; ; version++) {
                try (ChangeWriter changes = writer.changes()) {
                    apply(changes, version);
                    System.out.println("open " + version);
                    awaitLine();
                    changes.publish(revision(version), "file");
                    System.out.println("published " + version);
                }
                awaitLine();
            }
        }

        private static void awaitLine() throws IOException {
            while (System.in.read() != '\n') {}
        }

        private static void sealed(TableWriter writer) throws IOException {
            try (GenerationWriter load = writer.rebuild(origin(9))) {
                load.add(rows(9, true));
                load.seal();
                System.out.println("sealed");
                awaitLine();
                load.swap();
                System.out.println("swapped");
            }
        }

        private static void loading(TableWriter writer) throws IOException {
            try (GenerationWriter load = writer.rebuild(origin(9))) {
                load.add(rows(9, true));
                System.out.println("loading");
                awaitLine();
                load.seal();
                load.swap();
                System.out.println("swapped");
            }
        }

        private static void busy(StoredTable table, long token) {
            TableWriter writer = table.writer(token);
            long version = table.checkpoint().orElseThrow().revision().version();
            System.out.println("started");
            while (true) {
                version++;
                if (version % 3 == 0) {
                    rebuild(writer, version);
                } else {
                    commit(writer, version);
                }
                if (version % 5 == 0) {
                    writer.tidy(Instant.EPOCH);
                }
            }
        }
    }
}
