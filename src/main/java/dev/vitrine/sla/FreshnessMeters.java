package dev.vitrine.sla;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.GoldTable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `vitrine.freshness` by `table`: how far what readers are served is behind the gold table, in seconds, as every
/// process
/// sees it, also while no worker runs. Absent while nothing is served of a table.
final class FreshnessMeters {

    private final Contracts contracts;
    private final Freshness freshness;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<String, Meter> gauges = new HashMap<>();

    FreshnessMeters(Contracts contracts, Freshness freshness, MeterRegistry registry, InstantSource clock) {
        this.contracts = contracts;
        this.freshness = freshness;
        this.registry = registry;
        this.clock = clock;
    }

    /// Shows the tables that there are now.
    void follow() {
        List<String> tables =
                contracts.tables().stream().map(GoldTable::address).toList();
        tables.forEach(table -> gauges.computeIfAbsent(table, this::gauge));
        gauges.entrySet().removeIf(entry -> {
            boolean gone = !tables.contains(entry.getKey());
            if (gone) {
                registry.remove(entry.getValue());
            }
            return gone;
        });
    }

    private Meter gauge(String table) {
        return Gauge.builder("vitrine.freshness", () -> seconds(table))
                .description("How far what readers are served is behind the gold table")
                .baseUnit("seconds")
                .tag("table", table)
                .register(registry);
    }

    private double seconds(String table) {
        Duration lag = freshness.lag(table, clock.instant());
        return lag == null ? Double.NaN : lag.toMillis() / 1000.0;
    }
}
