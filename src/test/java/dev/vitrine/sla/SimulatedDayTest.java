package dev.vitrine.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.ServiceLevel.Availability;
import dev.vitrine.contract.ServiceLevel.Latency;
import dev.vitrine.contract.ServiceLevel.ResponseTime;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import dev.vitrine.entity.Revision;
import dev.vitrine.sla.LevelReport.EntityLevels;
import dev.vitrine.sla.LevelReport.Incident;
import dev.vitrine.sla.LevelReport.Kind;
import dev.vitrine.sla.LevelReport.ObjectiveLevel;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Origin;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.SyncStatus.Guard;
import dev.vitrine.store.SyncStatus.Hold;
import dev.vitrine.store.SyncStatus.State;
import dev.vitrine.store.TestClock;
import dev.vitrine.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A day of two processes, A and B, each answering 50 single reads of `customers` at the start of every minute.
/// Promised:
/// at most 10 minutes behind (99 % of the time), 99.9 % of requests, 99 % of single reads within 50 ms.
///
/// | time | what happens | stale | failed | slow |
/// |---|---|---|---|---|
/// | 02:00 | a commit, served at 02:04 | 0 | | |
/// | 04:00–04:30 | of B's requests 10 a minute fail | | 300 | |
/// | 06:00:30 | both are killed; back at 07:00, looks at 07:00:10: unknown since 06:00 | 06:10–07:00:10: 50 min 10 s |
/// | |
/// | 09:00 | the worker is killed; back at 10:30, finds a commit of 09:20, served 10:31 | 09:10–10:31: 81 min | | |
/// | 13:00–15:00 | a commit is held; from 14:00:30 to 14:20 both are killed | 13:10–15:00: 110 min | | |
/// | 18:00–18:10 | A takes 80 ms | | | 500 |
///
/// Requests: 100 in each of 1440 minutes, but for the 59 from 06:01 to 06:59 and the 19 from 14:01 to 14:19.
class SimulatedDayTest {

    private static final Duration TICK = Duration.ofSeconds(10);
    private static final Instant MIDNIGHT = Instant.parse("2026-11-24T00:00:00Z");
    private static final DataProduct SALES = sales();
    private static final GoldTable CUSTOMERS = table();
    private static final Contracts CONTRACTS = new One();

    private static final double REQUESTS = (1440 - 59 - 19) * 100;
    private static final double STALE = (50 + 81 + 110) * 60 + 10;

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final List<Process> processes = new ArrayList<>();
    private @Nullable Instant lastLook;

    @AfterEach
    void end() {
        processes.forEach(Process::kill);
    }

    @Test
    void budgetsAndFreshnessAreThoseOfTheTable() {
        clock.pass(Duration.between(clock.instant(), MIDNIGHT));
        load();
        start();
        boolean asked = false;
        while (clock.instant().isBefore(MIDNIGHT.plus(Duration.ofDays(1)))) {
            LocalTime time = LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC);
            if (time.equals(LocalTime.of(6, 0, 30)) || time.equals(LocalTime.of(14, 0, 30))) {
                processes.forEach(Process::kill);
                processes.clear();
            }
            if (time.equals(LocalTime.of(7, 0)) || time.equals(LocalTime.of(14, 20))) {
                start();
            }
            if (!processes.isEmpty()) {
                if (time.getSecond() == 0) {
                    answer(time);
                }
                work(time);
                processes.forEach(process -> process.clockwork.tick());
            }
            if (time.equals(LocalTime.of(4, 29, 50))) {
                // Whole minutes, with the one that a window begins in: 6 and 61.
                ObjectiveLevel availability = level(processes.getFirst(), Kind.AVAILABILITY);
                assertThat(availability.burnRates()).containsEntry("5m", 60.0 / 600 / 0.001);
                assertThat(availability.burnRates().get("1h")).isCloseTo(300.0 / 6100 / 0.001, within(1e-9));
                assertThat(availability.now()).isEqualTo(0.9);
            }
            if (time.equals(LocalTime.of(14, 30))) {
                ObjectiveLevel freshness = level(processes.getLast(), Kind.FRESHNESS);
                assertThat(freshness.now()).as("held since 13:00").isEqualTo(5400.0);
                assertThat(freshness.burnRates().get("5m")).isEqualTo(100);
                asked = true;
            }
            clock.pass(TICK);
        }
        assertThat(asked).isTrue();
        processes.forEach(process -> process.clockwork.tick());
        whatIsToldIsTheTable(processes.getFirst());

        processes.forEach(Process::kill);
        processes.clear();
        start();
        whatIsToldIsTheTable(processes.getFirst());
    }

    @Test
    void oneColdReadOfTheFirstTenBreaksNoPromise() {
        load();
        start();
        Process process = processes.getFirst();
        Tally tally = process.requests.of(SALES, SALES.entities().getFirst());
        tally.singleRead(80_000_000);
        for (int read = 1; read < 10; read++) {
            tally.singleRead(8_000_000);
        }
        keep(process);
        ObjectiveLevel first = level(process, Kind.RESPONSE_TIME);
        assertThat(first.enough()).isFalse();
        assertThat(first.budgetLeft()).isNegative();
        assertThat(first.met()).isTrue();

        for (int read = 10; read < 99; read++) {
            tally.singleRead(8_000_000);
        }
        tally.singleRead(80_000_000);
        keep(process);
        ObjectiveLevel later = level(process, Kind.RESPONSE_TIME);
        assertThat(later.all()).isEqualTo(100);
        assertThat(later.enough()).isTrue();
        assertThat(later.met()).as("two of a hundred").isFalse();
    }

    private void keep(Process process) {
        clock.pass(Duration.ofMinutes(1));
        process.clockwork.tick();
    }

    private void whatIsToldIsTheTable(Process process) {
        ObjectiveLevel availability = level(process, Kind.AVAILABILITY);
        assertThat(availability.all()).isEqualTo(REQUESTS);
        assertThat(availability.bad()).isEqualTo(300);
        assertThat(availability.budgetLeft()).isCloseTo(1 - 300 / (REQUESTS * 0.001), within(1e-9));
        assertThat(availability.met()).isFalse();
        ObjectiveLevel responses = level(process, Kind.RESPONSE_TIME);
        assertThat(responses.all()).isEqualTo(REQUESTS);
        assertThat(responses.bad()).isEqualTo(500);
        assertThat(responses.budgetLeft()).isCloseTo(1 - 500 / (REQUESTS * 0.01), within(1e-9));
        ObjectiveLevel freshness = level(process, Kind.FRESHNESS);
        assertThat(freshness.all()).isCloseTo(86_400, within(1e-6));
        assertThat(freshness.bad()).isCloseTo(STALE, within(1e-6));
        assertThat(freshness.budgetLeft()).isCloseTo(1 - STALE / 864, within(1e-9));
        assertThat(freshness.burnRates().get("24h"))
                .as("the minutes of the last 24 hours")
                .isCloseTo(STALE / 864, within(1e-9));
        assertThat(customers(process).incidents())
                .containsExactly(
                        incident(Kind.RESPONSE_TIME, "18:00", "18:10"),
                        incident(Kind.FRESHNESS, "13:10", "15:00"),
                        incident(Kind.FRESHNESS, "09:10", "10:31"),
                        incident(Kind.FRESHNESS, "06:10", "07:01"),
                        incident(Kind.AVAILABILITY, "04:00", "04:30"));
    }

    /// The requests of a minute.
    private void answer(LocalTime time) {
        boolean failing = isIn(time, "04:00", "04:30");
        boolean slow = isIn(time, "18:00", "18:10");
        for (Process process : processes) {
            Tally tally = process.requests.of(SALES, SALES.entities().getFirst());
            for (int i = 0; i < 50; i++) {
                if (failing && process == processes.get(1) && i < 10) {
                    tally.failed();
                } else {
                    tally.answered();
                }
                tally.singleRead(slow && process == processes.getFirst() ? 80_000_000 : 8_000_000);
            }
        }
    }

    /// What the worker says, if it runs.
    private void work(LocalTime time) {
        if (isIn(time, "07:00", "07:00:10") || isIn(time, "09:00:10", "10:30")) {
            return;
        }
        Instant now = clock.instant();
        Instant behind = isIn(time, "02:00", "02:04")
                ? at("02:00")
                : isIn(time, "10:30", "10:31") ? at("09:20") : isIn(time, "13:00", "15:00") ? at("13:00") : null;
        boolean held = isIn(time, "13:00", "15:00");
        lastLook = now;
        processes
                .getFirst()
                .store
                .table(CUSTOMERS)
                .writer(1)
                .report(new SyncStatus(
                        held ? State.HELD : State.FOLLOWING,
                        null,
                        7,
                        behind,
                        null,
                        held ? new Hold(Guard.DELETES, 8, false, "removes all", at("13:00")) : null,
                        null,
                        lastLook,
                        now));
    }

    private void load() {
        try (EntityStore store = EmbeddedStores.open(folder, clock);
                GenerationWriter load = store.table(CUSTOMERS)
                        .writer(1)
                        .rebuild(new Origin("id", new Revision(1, 7, MIDNIGHT.minusSeconds(600)), "7.json"))) {
            load.seal();
            load.swap();
        }
    }

    private void start() {
        processes.add(new Process(EmbeddedStores.open(folder, clock), clock));
        processes.add(new Process(EmbeddedStores.open(folder, clock), clock));
    }

    private static ObjectiveLevel level(Process process, Kind kind) {
        return customers(process).objectives().stream()
                .filter(level -> level.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static EntityLevels customers(Process process) {
        return process.levels.of(SALES).entities().getFirst();
    }

    private static Incident incident(Kind kind, String from, String until) {
        return new Incident(kind, at(from), at(until));
    }

    private static boolean isIn(LocalTime time, String from, String until) {
        return !time.isBefore(LocalTime.parse(from)) && time.isBefore(LocalTime.parse(until));
    }

    private static Instant at(String time) {
        return MIDNIGHT.plusSeconds(LocalTime.parse(time).toSecondOfDay());
    }

    private static DataProduct sales() {
        DataProduct product = folder().product("sales", 1).orElseThrow();
        return new DataProduct(
                product.name(),
                product.major(),
                product.version(),
                product.status(),
                product.id(),
                product.description(),
                product.location(),
                product.entities().subList(0, 1),
                product.roles(),
                List.of(
                        new Latency(Duration.ofMinutes(10), null),
                        new Availability(99.9, null),
                        new ResponseTime(Duration.ofMillis(50), 99, null)),
                product.source());
    }

    private static GoldTable table() {
        GoldTable table = folder().table(SALES, SALES.entities().getFirst());
        return new GoldTable(
                table.product(),
                table.name(),
                table.location(),
                table.columns(),
                table.key(),
                table.indexed(),
                table.sorts(),
                table.maxDeleteShare(),
                Duration.ofMinutes(10),
                null);
    }

    private static Contracts folder() {
        return ContractsFolder.read(Path.of("api-contracts"), new Environment(null, true, name -> "data"));
    }

    private static final class One implements Contracts {

        private final List<DataProduct> products = List.of(SALES);

        @Override
        public List<DataProduct> products() {
            return products;
        }

        @Override
        public List<GoldTable> tables() {
            return List.of(CUSTOMERS);
        }
    }

    private static final class Process {

        final EntityStore store;
        final Requests requests = new Requests();
        final LevelsClockwork clockwork;
        final ServiceLevels levels;

        Process(EntityStore store, TestClock clock) {
            this.store = store;
            Freshness freshness = new Freshness(CONTRACTS, store);
            this.levels = new ServiceLevels(store, freshness, clock);
            this.clockwork = new LevelsClockwork(
                    store,
                    requests,
                    freshness,
                    new FreshnessMeters(CONTRACTS, freshness, new SimpleMeterRegistry(), clock),
                    clock,
                    Duration.ofMinutes(1));
        }

        /// Nothing is kept and no lease given up.
        void kill() {
            store.close();
        }
    }
}
