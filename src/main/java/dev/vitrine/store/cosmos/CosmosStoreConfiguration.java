package dev.vitrine.store.cosmos;

import dev.vitrine.store.Dependencies;
import dev.vitrine.store.EntityStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Keeps entities in Cosmos DB if `vitrine.store` says so.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "vitrine.store", havingValue = "cosmos")
@EnableConfigurationProperties(CosmosProperties.class)
class CosmosStoreConfiguration {

    /// @param tracers asked for at once: else the first measurement asks, on a thread of the SDK for which this one
    /// waits
    /// while it holds what making a bean needs
    @Bean
    EntityStore entityStore(
            CosmosProperties properties,
            Dependencies dependencies,
            MeterRegistry registry,
            ObjectProvider<Tracer> tracers) {
        tracers.getIfAvailable();
        return CosmosStore.open(
                properties, registry, dependencies.breaker("cosmos"), Clock.systemUTC(), Duration.ofSeconds(1));
    }

    @Bean
    @ConditionalOnProperty(name = "vitrine.cache.invalidation", havingValue = "cosmos")
    CosmosFeed cosmosFeed(@Qualifier("entityStore") EntityStore store) {
        return new CosmosFeed(store);
    }
}
