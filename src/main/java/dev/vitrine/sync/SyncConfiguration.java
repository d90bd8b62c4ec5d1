package dev.vitrine.sync;

import dev.vitrine.contract.Contracts;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.store.EntityStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// The workers where this process has the role; the state of all tables, and orders for them, in every process.
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
        return new SyncWorkers(
                contracts, new Workshop(deltaTables, store, properties, registry, InstantSource.system()));
    }

    @Bean
    TableStates tableStates(Contracts contracts, EntityStore store, SyncProperties properties) {
        return new TableStates(contracts, store, properties, InstantSource.system());
    }

    @Bean
    TablesHealth tablesHealthIndicator(TableStates states) {
        return new TablesHealth(states);
    }

    @Bean
    Operations tableOperations(Contracts contracts, EntityStore store, ObjectProvider<SyncWorkers> workers) {
        return new Operations(contracts, store, address -> workers.ifAvailable(here -> here.call(address)));
    }

    @Bean
    FilterRegistrationBean<OrderRequests> orderRequests(
            @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> refusals) {
        FilterRegistrationBean<OrderRequests> registration =
                new FilterRegistrationBean<>(new OrderRequests(refusals::getObject));
        registration.addUrlPatterns("/actuator/sync/*", "/actuator/deadletters/*");
        return registration;
    }

    @Bean
    SyncEndpoint syncEndpoint(TableStates states, Operations operations) {
        return new SyncEndpoint(states, operations);
    }

    @Bean
    DeadLettersEndpoint deadLettersEndpoint(TableStates states, Operations operations) {
        return new DeadLettersEndpoint(states, operations);
    }
}
