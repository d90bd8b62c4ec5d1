package dev.vitrine.store.cosmos;

import com.azure.cosmos.CosmosAsyncClient;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.cosmos.server.CosmosServer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// An account with nothing in it: a test server, or a database of its own in the account or emulator that
/// `VITRINE_TEST_COSMOS_ENDPOINT` and `VITRINE_TEST_COSMOS_KEY` name, dropped at the end.
final class TestAccount implements AutoCloseable {

    private static final @Nullable String ENDPOINT = System.getenv("VITRINE_TEST_COSMOS_ENDPOINT");

    private final @Nullable CosmosServer server;
    private final CosmosProperties properties;

    private TestAccount(@Nullable CosmosServer server, CosmosProperties properties) {
        this.server = server;
        this.properties = properties;
    }

    /// @param options of the test server, where it is one
    static TestAccount start(CosmosServer.Options options) {
        if (ENDPOINT == null) {
            CosmosServer server = CosmosServer.start(options);
            return new TestAccount(server, CosmosStores.properties(server, DataSize.ofMegabytes(64)));
        }
        return new TestAccount(
                null,
                new CosmosProperties(
                        ENDPOINT,
                        System.getenv("VITRINE_TEST_COSMOS_KEY"),
                        "vitrine-test-" + UUID.randomUUID(),
                        true,
                        null,
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(2),
                        Duration.ofMillis(50),
                        DataSize.ofMegabytes(64),
                        Duration.ofHours(1)));
    }

    static TestAccount start() {
        return start(CosmosServer.Options.standard());
    }

    /// The store in it, as any process opens it.
    EntityStore open(Clock clock) {
        return CosmosStore.open(
                properties, new SimpleMeterRegistry(), CircuitBreaker.ofDefaults("cosmos"), clock, Duration.ZERO);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
            return;
        }
        try (CosmosAsyncClient client = Clients.open(properties)) {
            client.getDatabase(properties.database()).delete().block();
        }
    }
}
