package dev.vitrine.sync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.ScriptedTables;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lease;
import dev.vitrine.store.TableNotServed;
import dev.vitrine.store.TestClock;
import dev.vitrine.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is stored of a table outlives its last contract by a grace period, and no longer.
class WithdrawalsTest {

    private static final String SECRET = "who-is-to-be-forgotten";
    private static final Duration GRACE = Workers.PROPERTIES.withdrawnKept();
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final GoldTable gone = GoldTables.of("shops", "kunden");
    private final GoldTable stays = GoldTables.of("sales", "orders");
    private final ScriptedTables tables = new ScriptedTables();
    private final TestClock clock = new TestClock();
    private final Edited contracts = new Edited();

    @TempDir
    Path folder;

    private EntityStore store;
    private Withdrawals withdrawals;

    private static final class Edited implements Contracts {
        private List<GoldTable> tables = List.of();
        private boolean complete = true;

        @Override
        public List<DataProduct> products() {
            return List.of();
        }

        @Override
        public List<GoldTable> tables() {
            return tables;
        }

        @Override
        public boolean complete() {
            return complete;
        }
    }

    @BeforeEach
    void loadBoth() throws InterruptedException {
        start();
        contracts.tables = List.of(gone, stays);
        tables.open(gone).commit(row("1"));
        load(gone);
        tables.open(stays).commit(row("1"));
        load(stays);
        withdrawals.look();
        contracts.tables = List.of(stays);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aTableThatNoContractNamesIsDeletedAfterTheGracePeriod() throws IOException {
        withdrawals.look();
        clock.pass(GRACE.minus(MOMENT));
        withdrawals.look();
        assertThat(Watched.documents(store.table(gone))).hasSize(1);
        assertThat(filesWith(SECRET)).anyMatch(file -> file.toString().contains("kunden"));

        clock.pass(MOMENT);
        withdrawals.look();

        assertThat(filesWith(SECRET))
                .isNotEmpty()
                .noneMatch(file -> file.toString().contains("kunden"));
        assertThat(store.table(gone).checkpoint()).isEmpty();
        assertThatThrownBy(() -> store.table(gone).get(EntityKey.of("1"))).isInstanceOf(TableNotServed.class);
        assertThat(Watched.documents(store.table(stays))).hasSize(1);
    }

    @Test
    void aRestartDoesNotBeginTheGracePeriodAnew() throws IOException {
        withdrawals.look();
        clock.pass(GRACE.minus(MOMENT));
        restart();
        withdrawals.look();
        assertThat(store.table(gone).checkpoint()).isPresent();

        clock.pass(MOMENT);
        restart();
        withdrawals.look();

        assertThat(filesWith(SECRET)).noneMatch(file -> file.toString().contains("kunden"));
    }

    @Test
    void nothingIsDeletedWhileSomeContractCannotBeRead() {
        contracts.complete = false;
        withdrawals.look();
        clock.pass(GRACE.multipliedBy(2));
        withdrawals.look();
        assertThat(store.withdrawn()).isEmpty();

        contracts.complete = true;
        withdrawals.look();
        contracts.complete = false;
        clock.pass(GRACE.multipliedBy(2));
        withdrawals.look();

        assertThat(store.table(gone).checkpoint()).isPresent();
    }

    @Test
    void aTableThatIsNamedAgainStaysAndItsNextGracePeriodIsAWholeOne() {
        withdrawals.look();
        clock.pass(GRACE.minus(MOMENT));
        contracts.tables = List.of(gone, stays);
        withdrawals.look();
        clock.pass(MOMENT);
        withdrawals.look();
        contracts.tables = List.of(stays);
        withdrawals.look();
        clock.pass(MOMENT);
        withdrawals.look();

        assertThat(Watched.documents(store.table(gone))).hasSize(1);
    }

    @Test
    void aTableThatAnotherProcessMovesIsLeftToIt() {
        Lease other = store.leases()
                .acquire(gone.address(), "another", Duration.ofDays(1))
                .orElseThrow();
        withdrawals.look();
        clock.pass(GRACE);
        withdrawals.look();
        assertThat(store.table(gone).checkpoint()).isPresent();

        store.leases().release(other);
        withdrawals.look();

        assertThat(store.table(gone).checkpoint()).isEmpty();
    }

    @Test
    void itIsToldWhileTheGracePeriodRuns() {
        withdrawals.look();
        clock.pass(MOMENT);

        TableStates states = new TableStates(contracts, store, Workers.PROPERTIES, clock);
        TableState state = Objects.requireNonNull(states.all().get(gone.address()));
        assertThat(state.state()).isEqualTo("WITHDRAWN");
        assertThat(state.message())
                .contains(clock.instant().minus(MOMENT).plus(GRACE).toString());
        assertThat(state.healthy()).isTrue();
        assertThat(states.withdrawn(gone.address())).contains(state);

        clock.pass(GRACE);
        withdrawals.look();
        assertThat(states.all()).containsOnlyKeys(stays.address());
    }

    @Test
    void readersOfOtherProcessesSeeNothingOfItEitherAndItCanComeBack() throws Exception {
        try (EntityStore other = EmbeddedStores.open(folder, clock)) {
            assertThat(Watched.documents(other.table(gone))).hasSize(1);
            withdrawals.look();
            clock.pass(GRACE);
            withdrawals.look();

            assertThatThrownBy(() -> other.table(gone).get(EntityKey.of("1"))).isInstanceOf(TableNotServed.class);
            assertThat(other.table(gone).checkpoint()).isEmpty();

            contracts.tables = List.of(gone, stays);
            load(gone);
            assertThat(Watched.documents(other.table(gone))).hasSize(1);
            assertThat(other.table(gone).checkpoint().orElseThrow().generation())
                    .isGreaterThan(1);
        }
        contracts.tables = List.of(stays);
        withdrawals.look();
        clock.pass(GRACE);
        withdrawals.look();
        assertThat(store.table(gone).checkpoint()).isEmpty();
    }

    @Test
    void whatCannotBeDeletedIsTriedEverMoreSeldomAndGoesOnceItCan() {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean possible = new AtomicBoolean();
        EntityStore reluctant = (EntityStore) Proxy.newProxyInstance(
                EntityStore.class.getClassLoader(), new Class<?>[] {EntityStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("erase") && asked.incrementAndGet() > 0 && !possible.get()) {
                        return false;
                    }
                    return method.invoke(store, arguments);
                });
        withdrawals = new Withdrawals(
                contracts,
                new Workshop(tables, reluctant, Workers.PROPERTIES, new SimpleMeterRegistry(), clock),
                "test");
        withdrawals.look();
        clock.pass(GRACE);
        for (int second = 0; second < 3600; second++) {
            withdrawals.look();
            clock.pass(MOMENT);
        }
        assertThat(asked).hasValueBetween(5, 20);
        possible.set(true);
        clock.pass(Duration.ofMinutes(15));
        withdrawals.look();
        assertThat(store.table(gone).checkpoint()).isEmpty();
    }

    private void start() {
        store = EmbeddedStores.open(folder, clock);
        withdrawals = new Withdrawals(contracts, shop(), "test");
    }

    private void restart() {
        store.close();
        start();
    }

    private Workshop shop() {
        return new Workshop(tables, store, Workers.PROPERTIES, new SimpleMeterRegistry(), clock);
    }

    private void load(GoldTable table) throws InterruptedException {
        try (TableWorker worker = Workers.worker(table, table, shop())) {
            worker.step();
        }
        store.leases().current(table.address()).ifPresent(store.leases()::release);
        assertThat(Watched.documents(store.table(table))).hasSize(1);
    }

    private static EntityChange row(String key) {
        return new Upserted(EntityKey.of(key), SECRET.getBytes(UTF_8), List.of(key), true);
    }

    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
