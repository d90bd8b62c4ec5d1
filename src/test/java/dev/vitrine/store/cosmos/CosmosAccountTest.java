package dev.vitrine.store.cosmos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.store.BudgetExceeded;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.StoreFixture;
import dev.vitrine.store.StoreUnavailable;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.cosmos.server.CosmosServer;
import dev.vitrine.store.cosmos.server.Fault;
import dev.vitrine.store.cosmos.server.Operation;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/// What comes of living in an account: other processes, replicas, rights and limits.
class CosmosAccountTest extends StoreFixture {

    private static final String CONTROL = "vitrine-control";

    private final CosmosServer server = CosmosServer.start();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Override
    protected EntityStore open(Clock clock) {
        return CosmosStores.open(server, registry, clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aReaderInAnotherProcessIsNeverOlderThanItsCheckpointEvenIfReplicasLag() {
        rebuild(1, insert(1, "one"), insert(2, "two"));
        try (EntityStore other = open(clock)) {
            StoredTable read = other.table(table.table());
            assertThat(read.get(EntityKey.of(1L)).value()).isInstanceOf(Lookup.Found.class);
            server.freezeReplicas(name -> !name.equals(CONTROL));
            commit(2, update(1, "eins"), delete(2), insert(3, "drei"));
            awaitVersion(read, 2);
            assertThat(name(read, 1)).isEqualTo("eins");
            assertThat(read.get(EntityKey.of(2L)).value()).isEqualTo(new Lookup.Absent());
            assertThat(read.page(new PageRequest(Filter.ALL, Order.BY_KEY, null, 10), AMPLE)
                            .value()
                            .items())
                    .hasSize(2);
            assertThat(read.count(Filter.ALL, AMPLE).value()).isEqualTo(2);
        }
    }

    @Test
    void anotherWriterTakesOverFromWhatWasPublishedEvenIfReplicasLag() {
        rebuild(1, insert(1, "one"));
        server.freezeReplicas(name -> !name.equals(CONTROL));
        commit(2, insert(1, "uno"), unservable(2L, "bad"));
        try (EntityStore other = open(clock)) {
            writer = other.table(table.table()).writer(2);
            commit(3, delete(1L, "one"), delete(2L, "bad"), insert(2, "two"));
        }
        awaitVersion(table, 3);
        assertThat(documents(1, 2)).containsExactly("uno", "two");
        assertThat(checkpoint().entities()).isEqualTo(2);
    }

    @Test
    void readersFollowASwapInAnotherProcess() {
        rebuild(1, insert(1, "one"));
        try (EntityStore other = open(clock)) {
            StoredTable read = other.table(table.table());
            assertThat(name(read, 1)).isEqualTo("one");
            rebuild(2, insert(1, "two"));
            clock.pass(Duration.ofMinutes(6));
            writer.tidy(clock.instant());
            assertThat(server.containers()).hasSize(2);
            assertThat(name(read, 1)).as("the old container is gone").isEqualTo("two");
        }
    }

    @Test
    void theGenerationBeforeIsDroppedAfterFiveMinutes() {
        rebuild(1, insert(1, "one"));
        rebuild(2, insert(1, "two"));
        writer.tidy(clock.instant());
        assertThat(server.containers()).contains("shop~things~1", "shop~things~2");
        clock.pass(Duration.ofMinutes(6));
        writer.tidy(clock.instant());
        assertThat(server.containers()).containsExactlyInAnyOrder(CONTROL, "shop~things~2");
    }

    @Test
    void aSwapWhoseAnswerWasLostIsDoneOnce() {
        rebuild(1, insert(1, "one"));
        try (GenerationWriter load = writer.rebuild(origin(2))) {
            load.add(List.of(insert(1, "two")));
            load.seal();
            server.faults().add(Fault.answerLost().on(Operation.PATCH).times(1));
            load.swap();
        }
        awaitVersion(table, 2);
        assertThat(document(1)).isEqualTo("two");
        commit(3, update(1, "three"));
    }

    @Test
    void whoMayNotCreateAContainerIsToldWhatToCreate() {
        server.forbidCreation();
        assertThatExceptionOfType(StoreFailure.class)
                .isThrownBy(() -> writer.rebuild(origin(1)))
                .withMessageContaining("container shop~things~1 in database vitrine")
                .withMessageContaining("partition key /p (version 2)")
                .withMessageContaining("/i/c1/?")
                .withMessageContaining("(/i/c1 ascending, /i/c0 ascending)");
    }

    @Test
    void aDocumentThatAnItemCannotHoldIsADeadLetter() {
        String large = "x".repeat(2_100_000);
        rebuild(1, insert(1, "one"), insert(2, large));
        commit(2, update(1, large));
        assertThat(lookup(1)).isEqualTo(new Lookup.Withheld(Reason.DOCUMENT_TOO_LARGE));
        assertThat(lookup(2)).isEqualTo(new Lookup.Withheld(Reason.DOCUMENT_TOO_LARGE));
        assertThat(letters()).allSatisfy(letter -> assertThat(letter.detail()).contains("2100000 bytes"));
        commit(3, delete(1L, large), insert(1, "small"), delete(2L, large));
        assertThat(documents(1, 2)).containsExactly("small", "absent");
        assertThat(letters()).isEmpty();
    }

    @Test
    void aKeyCanHaveMoreCopiesThanOneTransactionTakes() {
        var copies = new dev.vitrine.entity.EntityChange[250];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = insert(1, "copy " + i);
        }
        rebuild(1, insert(1, "first"));
        commit(2, copies);
        assertThat(table.deadLetterCount()).isEqualTo(251);
        for (int i = 0; i < copies.length; i++) {
            copies[i] = delete(1L, "copy " + i);
        }
        commit(3, copies);
        assertThat(document(1)).isEqualTo("first");
        assertThat(letters()).isEmpty();
    }

    @Test
    void keepsNoteOfTablesThatNoContractNamesAndErasesThem() {
        rebuild(1, insert(1, "one"));
        rebuild(2, insert(1, "two"));
        Instant now = clock.instant();
        assertThat(store.withdrawn(Set.of("shop/things"), now)).isEmpty();
        assertThat(store.withdrawn(Set.of(), now)).containsExactly(Map.entry("shop/things", now));
        assertThat(store.withdrawn(Set.of(), now.plusSeconds(5))).containsValue(now);
        assertThat(store.withdrawn()).containsOnlyKeys("shop/things");
        assertThat(store.erase("shop/things", 2)).isTrue();
        assertThat(server.containers()).containsExactly(CONTROL);
        assertThat(server.documents()).noneMatch(document -> document.contains("two"));
        assertThat(store.table(table.table()).checkpoint()).isEmpty();
        assertThat(store.withdrawn(Set.of(), now)).isEmpty();
    }

    @Test
    void whoMayNotDropAContainerLeavesItAndSaysSoOnce() {
        Logger log = (Logger) LoggerFactory.getLogger(Containers.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        log.addAppender(said);
        // tests of whole applications switch it off
        log.setLevel(Level.WARN);
        try {
            rebuild(1, insert(1, "one"));
            server.forbidCreation();
            assertThat(store.erase("shop/things", 2)).isFalse();
            assertThat(store.erase("shop/things", 2)).isFalse();
            assertThat(store.table(table.table()).checkpoint()).isEmpty();
            assertThat(said.list)
                    .singleElement()
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .asString()
                    .contains("shop~things~1", "database vitrine", "drop the container");
        } finally {
            log.detachAppender(said);
            log.setLevel(null);
        }
    }

    @Test
    void aReaderIsNotKeptWaitingWhileTheAccountIsGoneAndAWriterGoesOnOnceItIsBack() throws Exception {
        rebuild(1, insert(1, "one"));
        CosmosProperties patient = CosmosStores.properties(server, DataSize.ofMegabytes(1));
        CosmosProperties impatient = new CosmosProperties(
                patient.endpoint(),
                patient.key(),
                patient.database(),
                true,
                null,
                patient.timeout(),
                patient.patience(),
                Duration.ofMillis(300),
                patient.checkpointAge(),
                patient.staging(),
                patient.tombstones());
        CircuitBreaker readers = CircuitBreaker.of(
                "cosmos",
                CircuitBreakerConfig.custom()
                        .minimumNumberOfCalls(3)
                        .waitDurationInOpenState(Duration.ofMillis(200))
                        .build());
        try (EntityStore other = CosmosStore.open(impatient, registry, readers, clock, Duration.ZERO)) {
            StoredTable read = other.table(table.table());
            read.get(EntityKey.of(1L));
            server.faults().add(Fault.cut());
            for (int i = 0; i < 4; i++) {
                assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> read.get(EntityKey.of(1L)));
            }
            assertThat(readers.getState()).isEqualTo(CircuitBreaker.State.OPEN);
            Thread back = Thread.ofPlatform().start(() -> {
                server.faults().clear();
            });
            commit(2, update(1, "eins"));
            back.join();
            awaitVersion(table, 2);
            Thread.sleep(300);
            assertThat(name(read, 1)).isEqualTo("eins");
        }
    }

    @Test
    void aQueryIsStoppedByItsBudget() {
        var rows = new dev.vitrine.entity.EntityChange[400];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = insert(i, "same");
        }
        rebuild(1, rows);
        Filter filter = new Filter.Comparison(NAME, Operator.EQ, "same");
        PageRequest page = new PageRequest(filter, Order.BY_KEY, null, 200);
        assertThatExceptionOfType(BudgetExceeded.class)
                .isThrownBy(() -> table.page(page, new ReadBudget(20, Duration.ofSeconds(30))))
                .withMessageContaining("more than 20 rows");
        server.faults().add(Fault.slow(Duration.ofSeconds(5)).on(Operation.QUERY));
        assertThatExceptionOfType(BudgetExceeded.class)
                .isThrownBy(() -> table.page(page, new ReadBudget(10_000, Duration.ofMillis(300))))
                .withMessageContaining("longer than 300 ms");
    }

    @Test
    void saysWhatTheAccountAnswered() {
        rebuild(1, insert(1, "one"));
        server.faults().add(Fault.status(403, 5300).on(Operation.READ));
        assertThatExceptionOfType(StoreFailure.class)
                .isThrownBy(() -> lookup(1))
                .withMessageContaining("cannot read")
                .withMessageContaining("shop/things")
                .withMessageContaining("403/5300");
    }

    private void awaitVersion(StoredTable read, long version) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (read.checkpoint().orElseThrow().revision().version() < version) {
            assertThat(System.nanoTime()).as("the checkpoint is seen").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static String name(StoredTable read, long id) {
        return text(((Lookup.Found) read.get(EntityKey.of(id)).value()).entity().document());
    }
}
