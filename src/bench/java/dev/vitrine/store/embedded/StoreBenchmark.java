package dev.vitrine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.store.ColumnFields;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.Origin;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.TableWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store beside plain SQLite doing the same writes, in turns.
class StoreBenchmark {

    private static final int ROWS = Integer.getInteger("vitrine.bench.rows", 200_000);
    private static final int ROUNDS = 3;
    private static final int BATCH = 1000;
    private static final int COMMITS = 50;
    private static final IndexedColumn DAY = new IndexedColumn(List.of("day"), new FieldType.DateType());
    private static final IndexedColumn PLACE = new IndexedColumn(List.of("place"), FieldType.StringType.any());
    private static final IndexedColumn STATE = new IndexedColumn(List.of("state"), FieldType.StringType.any());
    private static final IndexedColumn CASES =
            new IndexedColumn(List.of("cases"), new FieldType.IntegerType(false, null, null));
    private static final List<IndexedColumn> COLUMNS = List.of(DAY, PLACE, STATE, CASES);
    private static final GoldTable TABLE = new GoldTable(
            "bench",
            "cases",
            "/lake/cases",
            ColumnFields.of(COLUMNS),
            List.of(DAY, PLACE),
            COLUMNS,
            List.of(),
            0.5,
            Duration.ofMinutes(1),
            null);
    private static final ReadBudget AMPLE = new ReadBudget(10_000_000, Duration.ofSeconds(60));

    @TempDir
    Path folder;

    private final Columns columns = Columns.of(TABLE, Schema.columnTexts(TABLE));
    private final Rows statements = Rows.of(columns);

    @Test
    void rebuildIncrementsAndReads() throws Exception {
        List<Double> plainLoads = new ArrayList<>();
        List<Double> loads = new ArrayList<>();
        List<Double> plainUpserts = new ArrayList<>();
        List<Double> upserts = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Path file = folder.resolve("plain-" + round + ".db");
            try (Database plain = Database.open(file, Database.Mode.WRITE);
                    EmbeddedStore store = new EmbeddedStore(folder.resolve("store-" + round), Clock.systemUTC())) {
                StoredTable table = store.table(TABLE);
                plainLoads.add(rate(ROWS, () -> loadPlain(plain)));
                loads.add(rate(ROWS, () -> rebuild(table)));
                plainUpserts.add(rate(COMMITS * BATCH, () -> upsertPlain(plain)));
                upserts.add(rate(COMMITS * BATCH, () -> increments(table)));
                if (round == ROUNDS - 1) {
                    reads(table);
                }
            }
        }
        report("rebuild", loads, "plain inserts, indexes after", plainLoads);
        report("increments of " + BATCH, upserts, "plain upserts", plainUpserts);
    }

    private void loadPlain(Database plain) throws SQLException {
        plain.execute(Schema.tables(TABLE, columns).getFirst());
        for (int from = 0; from < ROWS; from += BATCH) {
            plain.change("BEGIN");
            for (EntityChange.Upserted row : batch(from, true, 0)) {
                plain.change(statements.insert(), statements.parameters(row, 1, 0));
            }
            plain.change("COMMIT");
        }
        plain.execute(Schema.keyIndex(columns));
        plain.execute(Schema.indexes(TABLE, columns).toArray(String[]::new));
    }

    private static void rebuild(StoredTable table) {
        Revision revision = new Revision(0, 1, Instant.EPOCH);
        try (GenerationWriter writer = table.writer(1).rebuild(new Origin("id", revision, "file"))) {
            for (int from = 0; from < ROWS; from += BATCH) {
                writer.add(batch(from, true, 0));
                writer.keep(from / BATCH + 1);
            }
            assertThat(writer.seal().rows()).isEqualTo(ROWS);
            writer.swap();
        }
    }

    private void upsertPlain(Database plain) throws SQLException {
        for (int commit = 2; commit < COMMITS + 2; commit++) {
            plain.change("BEGIN");
            for (EntityChange.Upserted row : scattered(commit)) {
                plain.change(PlainSqlite.upsert(columns), statements.parameters(row, commit, 0));
            }
            plain.change("COMMIT");
        }
    }

    private static void increments(StoredTable table) {
        TableWriter rights = table.writer(1);
        for (int commit = 2; commit < COMMITS + 2; commit++) {
            Revision revision = new Revision(0, commit, Instant.EPOCH);
            try (ChangeWriter writer = rights.changes()) {
                writer.begin(revision);
                writer.apply(scattered(commit));
                writer.end();
                writer.publish(revision, "file");
            }
        }
    }

    private static void reads(StoredTable table) throws Exception {
        Random random = new Random(7);
        for (int warm = 0; warm < 2; warm++) {
            double points = rate(50_000, () -> {
                for (int i = 0; i < 50_000; i++) {
                    assertFound(table, key(random.nextInt(ROWS)));
                }
            });
            Filter state = new Filter.Comparison(STATE, Operator.EQ, "state 7");
            Order cases = new Order(List.of(new Order.Term(CASES, true)));
            Page first = table.page(new PageRequest(state, cases, null, 20), AMPLE).value();
            double pages = rate(1_000, () -> {
                for (int i = 0; i < 1_000; i++) {
                    table.page(new PageRequest(state, cases, first.next(), 20), AMPLE);
                }
            });
            System.out.printf("point reads: %.1f µs, pages of 20 by filter and order: %.1f µs%n", 1e6 / points, 1e6 / pages);
        }
    }

    private static void assertFound(StoredTable table, EntityKey key) {
        if (!(table.get(key).value() instanceof Lookup.Found)) {
            throw new AssertionError(key + " is missing");
        }
    }

    private static List<EntityChange.Upserted> batch(int from, boolean insert, int offset) {
        List<EntityChange.Upserted> rows = new ArrayList<>(BATCH);
        for (int i = from; i < Math.min(from + BATCH, ROWS); i++) {
            rows.add(row(i, insert, offset));
        }
        return rows;
    }

    private static List<EntityChange.Upserted> scattered(int commit) {
        List<EntityChange.Upserted> rows = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            rows.add(row((int) ((i * 7919L + commit * 104_729L) % ROWS), false, commit));
        }
        return rows.stream().distinct().toList();
    }

    private static EntityKey key(int i) {
        return EntityKey.of(LocalDate.ofEpochDay(18_000 + i / 3000), "place " + i % 3000);
    }

    private static EntityChange.Upserted row(int i, boolean insert, int offset) {
        EntityKey key = key(i);
        String state = "state " + i % 3000 % 55;
        long cases = i * 31L % 100_000 + offset;
        String document =
                """
                {"day":"%s","place":"%s","state":"%s","cases":%d,"deaths":%d,"fips":"%05d","note":"%s"}"""
                        .formatted(key.values().getFirst(), key.values().getLast(), state, cases, cases / 50, i % 3000, "n".repeat(150));
        return new EntityChange.Upserted(
                key,
                document.getBytes(StandardCharsets.UTF_8),
                Arrays.asList(key.values().getFirst(), key.values().getLast(), state, cases),
                insert);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double rate(int count, Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return count * 1e9 / (System.nanoTime() - start);
    }

    private static void report(String what, List<Double> ours, String base, List<Double> plain) {
        double mine = median(ours);
        double theirs = median(plain);
        System.out.printf("%s: %,.0f rows/s; %s: %,.0f rows/s; share %.0f %%%n", what, mine, base, theirs, 100 * mine / theirs);
    }

    private static double median(List<Double> rates) {
        return rates.stream().sorted().toList().get(rates.size() / 2);
    }
}
