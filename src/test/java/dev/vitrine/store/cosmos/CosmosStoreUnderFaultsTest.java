package dev.vitrine.store.cosmos;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreModelContract;
import dev.vitrine.store.cosmos.server.CosmosServer;
import dev.vitrine.store.cosmos.server.Fault;
import dev.vitrine.store.cosmos.server.Operation;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.util.unit.DataSize;

/// The same, while the account throttles, is unavailable, and loses requests and answers: a write that is tried again
/// has
/// no second effect.
class CosmosStoreUnderFaultsTest extends StoreModelContract {

    private final CosmosServer server = CosmosServer.start(new CosmosServer.Options(2, 100, "Session", 7));

    @BeforeEach
    void letThingsGoWrong() {
        server.faults()
                .add(Fault.answerLost()
                        .on(Operation.CREATE, Operation.REPLACE, Operation.PATCH, Operation.BATCH, Operation.BULK)
                        .chance(0.1));
        server.faults().add(Fault.throttled(Duration.ofMillis(2)).chance(0.01));
        server.faults().add(Fault.status(503, 0).chance(0.01));
        server.faults()
                .add(Fault.status(449, 0).on(Operation.REPLACE, Operation.PATCH).chance(0.05));
        server.faults().add(Fault.cut().chance(0.01));
    }

    /// As if most commits were too large for memory.
    @Override
    protected EntityStore open() {
        return CosmosStore.open(
                CosmosStores.properties(server, DataSize.ofKilobytes(8)),
                new SimpleMeterRegistry(),
                CircuitBreaker.ofDefaults("cosmos"),
                Clock.systemUTC(),
                Duration.ZERO);
    }

    @Override
    protected int rounds() {
        return Integer.getInteger("vitrine.rounds", 20);
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
