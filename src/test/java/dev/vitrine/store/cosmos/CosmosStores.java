package dev.vitrine.store.cosmos;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.cosmos.server.CosmosServer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/// Opens stores for tests of other packages.
public final class CosmosStores {

    private CosmosStores() {}

    /// A store over a test server; several may share one.
    public static EntityStore open(CosmosServer server) {
        return open(server, Clock.systemUTC());
    }

    /// The same by another clock; a load keeps what it is told to at once, not every second.
    public static EntityStore open(CosmosServer server, Clock clock) {
        return open(server, new SimpleMeterRegistry(), clock);
    }

    static EntityStore open(CosmosServer server, MeterRegistry registry, Clock clock) {
        return CosmosStore.open(
                properties(server, DataSize.ofMegabytes(64)),
                registry,
                CircuitBreaker.ofDefaults("cosmos"),
                clock,
                Duration.ZERO);
    }

    /// Patient, for a busy machine.
    ///
    /// @param staging see [CosmosProperties#staging()]
    static CosmosProperties properties(CosmosServer server, DataSize staging) {
        return new CosmosProperties(
                server.endpoint(),
                CosmosServer.KEY,
                "vitrine",
                true,
                null,
                Duration.ofSeconds(60),
                Duration.ofMinutes(2),
                Duration.ofMinutes(2),
                Duration.ofMillis(50),
                staging,
                Duration.ofHours(1));
    }
}
