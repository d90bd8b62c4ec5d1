package dev.vitrine.sync;

import dev.vitrine.contract.Contracts;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.store.EntityStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// The workers where this process has the role; the state of all tables in every process.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SyncProperties.class)
class SyncConfiguration {

    @Bean
    @Conditional(OnSyncRole.class)
    SyncWorkers syncWorkers(
            Contracts contracts,
            DeltaTables deltaTables,
            EntityStore store,
            SyncProperties properties,
            MeterRegistry registry) {
        return new SyncWorkers(contracts, deltaTables, store, properties, registry, InstantSource.system());
    }

    @Bean
    TableStates tableStates(Contracts contracts, EntityStore store) {
        return new TableStates(contracts, store);
    }

    @Bean
    TablesHealth tablesHealthIndicator(TableStates states) {
        return new TablesHealth(states);
    }

    @Bean
    SyncEndpoint syncEndpoint(TableStates states) {
        return new SyncEndpoint(states);
    }
}
