package dev.vitrine.store.cosmos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.azure.cosmos.CosmosAsyncClient;
import dev.vitrine.contract.GoldTable.Storing;
import dev.vitrine.entity.Filter;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreFixture;
import dev.vitrine.store.cosmos.server.CosmosServer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// What the account charges, and what containers may cost.
class CosmosChargesTest extends StoreFixture {

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
    void countsWhatTheAccountChargesByEntityAndOperation() {
        rebuild(1, insert(1, "one"));
        double before = units("get");
        lookup(1);
        assertThat(units("get") - before).isEqualTo(1);
        commit(2, update(1, "eins"));
        assertThat(units("write")).isGreaterThan(10);
        assertThat(units("write control")).isPositive();
        table.count(Filter.ALL, AMPLE);
        assertThat(units("count")).isPositive();
        store.setting("secret");
        assertThat(registry.get("vitrine.cosmos.request.units")
                        .tags("entity", "control", "operation", "read control")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void tellsWhatWasChargedSinceMidnight() {
        rebuild(1, insert(1, "one"));
        assertThat(store.chargedToday().get("shop/things")).isGreaterThan(10);
        clock.pass(Duration.ofDays(1));
        lookup(1);
        assertThat(store.chargedToday().get("shop/things")).isBetween(1.0, 3.0);
    }

    @Test
    void addsUpWhatAllProcessesWereChargedToday() throws Exception {
        store.keepCharges();
        double before = units();
        clock.pass(Duration.ofDays(1));
        rebuild(1, insert(1, "one"));
        store.keepCharges();
        reopen();
        lookup(1);
        store.keepCharges();
        try (EntityStore third = open(clock)) {
            Map<String, Double> all = third.chargedToday();
            assertThat(all.get("shop/things")).isCloseTo(units() - before, within(0.001));
            assertThat(all.get("control")).as("keeping costs, too").isPositive();
            assertThat(server.documents())
                    .as("one of each process, none of the day before")
                    .filteredOn(document -> document.contains("\"p\":\"charged\""))
                    .hasSize(2);
        }
    }

    /// Everything that was charged for the table.
    private double units() {
        return registry.find("vitrine.cosmos.request.units").tag("entity", "shop/things").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private double units(String operation) {
        var counter = registry.find("vitrine.cosmos.request.units")
                .tags("entity", "shop/things", "operation", operation)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void aContainerMayCostWhatTheContractSaysElseWhatTheConfigurationSays() {
        CosmosProperties plain = CosmosStores.properties(server, DataSize.ofMegabytes(1));
        CosmosProperties autoscaled = new CosmosProperties(
                plain.endpoint(),
                plain.key(),
                plain.database(),
                true,
                2000,
                plain.timeout(),
                plain.patience(),
                plain.readTimeout(),
                plain.checkpointAge(),
                plain.staging(),
                plain.tombstones());
        CircuitBreaker readers = CircuitBreaker.ofDefaults("cosmos");
        try (EntityStore other = CosmosStore.open(autoscaled, registry, readers, clock, Duration.ZERO);
                CosmosAsyncClient client = Clients.open(plain)) {
            writer = other.table(table.table()).writer(2);
            rebuild(1, insert(1, "one"));
            writer = other.table(Partitions.storing(table.table(), new Storing(List.of(), 30_000)))
                    .writer(3);
            rebuild(2, insert(1, "two"));
            assertThat(autoscale(client, "shop~things~1")).isEqualTo(2000);
            assertThat(autoscale(client, "shop~things~2")).isEqualTo(30_000);
        }
    }

    private static int autoscale(CosmosAsyncClient client, String container) {
        return Objects.requireNonNull(client.getDatabase("vitrine")
                        .getContainer(container)
                        .readThroughput()
                        .block())
                .getProperties()
                .getAutoscaleMaxThroughput();
    }
}
