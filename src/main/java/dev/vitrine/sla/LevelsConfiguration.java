package dev.vitrine.sla;

import dev.vitrine.contract.Contracts;
import dev.vitrine.store.EntityStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LevelsConfiguration {

    @Bean
    Freshness freshness(Contracts contracts, EntityStore store) {
        return new Freshness(contracts, store);
    }

    @Bean
    ServiceLevels serviceLevels(EntityStore store, Freshness freshness) {
        return new ServiceLevels(store, freshness, InstantSource.system());
    }

    /// @param keepEvery how much of what was measured a kill may lose
    @Bean
    LevelsClockwork levelsClockwork(
            Contracts contracts,
            EntityStore store,
            Requests requests,
            Freshness freshness,
            MeterRegistry registry,
            @Value("${vitrine.levels.keep-every:10s}") Duration keepEvery) {
        InstantSource clock = InstantSource.system();
        return new LevelsClockwork(
                store,
                requests,
                freshness,
                new FreshnessMeters(contracts, freshness, registry, clock),
                clock,
                keepEvery);
    }
}
