package dev.vitrine.store.cosmos;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts the request units that the service charges, by what they were for: `vitrine.cosmos.request.units`. Threads
/// may share it.
final class Charges {

    private record For(String entity, String operation) {}

    private final MeterRegistry registry;
    private final Map<For, Counter> counters = new ConcurrentHashMap<>();

    Charges(MeterRegistry registry) {
        this.registry = registry;
    }

    /// @param entity address of the table, or what else it was for
    void add(String entity, String operation, double requestUnits) {
        counters.computeIfAbsent(new For(entity, operation), this::counter).increment(requestUnits);
    }

    private Counter counter(For what) {
        return Counter.builder("vitrine.cosmos.request.units")
                .description("Request units charged by Cosmos DB")
                .baseUnit("RU")
                .tag("entity", what.entity())
                .tag("operation", what.operation())
                .register(registry);
    }
}
