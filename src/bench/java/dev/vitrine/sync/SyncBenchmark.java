package dev.vitrine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.Accounts;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.ChangeFeed;
import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.delta.Rows;
import dev.vitrine.delta.kernel.KernelTables;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.embedded.EmbeddedStores;
import dev.vitrine.store.embedded.PlainSqlite;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From the files of a Delta table to a served store, beside plain SQLite writing the very same documents from memory,
/// in turns. See the README beside.
class SyncBenchmark {

    private static final int ROUNDS = Integer.getInteger("vitrine.bench.rounds", 5);
    private static final int ACCOUNTS = Integer.getInteger("vitrine.bench.rows", 100_000);
    private static final int CHANGED = 20_000;

    private final DeltaTables delta = KernelTables.using(Map.of());

    @TempDir
    Path folder;

    @Test
    void rebuildsCovid() throws Exception {
        SparkTable covid = SparkTable.covid();
        compareRebuilds("covid_nyt", covid.at(covid.truth()));
    }

    @Test
    void rebuildsAccounts() throws Exception {
        Accounts.create(folder.resolve("lake"), ACCOUNTS);
        compareRebuilds("accounts", Accounts.gold(folder.resolve("lake")));
    }

    @Test
    void followsAccounts() throws Exception {
        Accounts accounts = Accounts.create(folder.resolve("lake"), ACCOUNTS);
        GoldTable table = Accounts.gold(folder.resolve("lake"));
        List<Double> ours = new ArrayList<>();
        List<Double> plains = new ArrayList<>();
        try (EntityStore store = EmbeddedStores.openInApplication(folder.resolve("store"));
                PlainSqlite plain = new PlainSqlite(folder.resolve("plain.db"), table)) {
            plain.load(snapshot(table));
            plain.logAhead();
            TableWorker worker = Workers.worker(table, delta, store, new SimpleMeterRegistry());
            worker.step();
            DeltaSnapshot before = delta.open(table).latest();
            for (int round = 1; round <= ROUNDS; round++) {
                int from = round * 7919 % (ACCOUNTS - CHANGED) + 1;
                accounts.update(from, from + CHANGED, round);
                List<Upserted> changes = changes(table, before);
                long version = before.version() + 1;
                plains.add(rate(changes.size(), () -> plain.upsert(changes, version)));
                ours.add(rate(changes.size(), worker::step));
                before = delta.open(table).latest();
                assertThat(served(store.table(table))).isEqualTo(version);
            }
        }
        report("change feed, commits of " + CHANGED + " updates", ours, "plain upserts", plains);
    }

    private void compareRebuilds(String name, GoldTable table) throws Exception {
        List<Upserted> documents = snapshot(table);
        List<Double> ours = new ArrayList<>();
        List<Double> plains = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Path file = folder.resolve("plain-" + name + round + ".db");
            plains.add(rate(documents.size(), () -> {
                try (PlainSqlite plain = new PlainSqlite(file, table)) {
                    plain.load(documents);
                }
            }));
            Path stored = folder.resolve("store-" + name + round);
            ours.add(rate(documents.size(), () -> rebuild(table, stored)));
        }
        report("rebuild of %s, %,d rows".formatted(name, documents.size()), ours, "plain inserts", plains);
    }

    private void rebuild(GoldTable table, Path folder) throws InterruptedException {
        try (EntityStore store = EmbeddedStores.openInApplication(folder)) {
            Workers.worker(table, delta, store, new SimpleMeterRegistry()).step();
            assertThat(store.table(table).checkpoint()).isPresent();
        }
    }

    private static long served(StoredTable table) {
        return table.checkpoint().orElseThrow().revision().version();
    }

    private List<Upserted> snapshot(GoldTable table) {
        List<Upserted> documents = new ArrayList<>();
        try (Rows rows = delta.open(table).latest().rows(0)) {
            add(rows, documents);
        }
        return documents;
    }

    private List<Upserted> changes(GoldTable table, DeltaSnapshot after) {
        List<Upserted> documents = new ArrayList<>();
        try (ChangeFeed feed = delta.open(table)
                .changesAfter(after.tableId(), after.version(), after.commitFile(), false)
                .orElseThrow()) {
            feed.forEachRemaining(commit -> {
                try (Rows rows = commit.rows()) {
                    add(rows, documents);
                }
            });
        }
        return documents;
    }

    private static void add(Rows rows, List<Upserted> documents) {
        while (rows.hasNext()) {
            for (EntityChange change : rows.next()) {
                if (change instanceof Upserted upserted) {
                    documents.add(upserted);
                }
            }
        }
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
        System.out.printf(
                "%s: %,.0f rows/s; %s: %,.0f rows/s; share %.0f %%%n",
                what, median(ours), base, median(plain), 100 * median(ours) / median(plain));
    }

    private static double median(List<Double> rates) {
        return rates.stream().sorted().toList().get(rates.size() / 2);
    }
}
