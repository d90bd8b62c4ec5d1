package dev.vitrine.store.cosmos;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;

/// Counts the request units that the service charges, by what they were for: `vitrine.cosmos.request.units`, and those
/// of the day. Threads may share it.
final class Charges {

    private record For(String entity, String operation) {}

    /// A day in UTC.
    ///
    /// @param units by entity
    record Day(LocalDate date, Map<String, DoubleAdder> units) {

        /// What was charged so far, by entity.
        Map<String, Double> sums() {
            Map<String, Double> sums = new TreeMap<>();
            units.forEach((entity, more) -> sums.put(entity, more.sum()));
            return sums;
        }
    }

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<For, Counter> counters = new ConcurrentHashMap<>();
    private volatile Day day;

    Charges(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.day = begin();
    }

    private Day begin() {
        return new Day(date(), new ConcurrentHashMap<>());
    }

    private LocalDate date() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /// @param entity address of the table, or what else it was for
    void add(String entity, String operation, double requestUnits) {
        counters.computeIfAbsent(new For(entity, operation), this::counter).increment(requestUnits);
        today().units.computeIfAbsent(entity, any -> new DoubleAdder()).add(requestUnits);
    }

    /// What this process was charged since midnight UTC.
    Day today() {
        Day known = day;
        return known.date.equals(date()) ? known : next();
    }

    private synchronized Day next() {
        if (!day.date.equals(date())) {
            day = begin();
        }
        return day;
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
