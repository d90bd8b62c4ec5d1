package dev.vitrine.store.cache;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.cache.CacheProperties.Invalidation;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/// Puts caches in front of whatever store there is, unless `vitrine.cache.kind` is `none`.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CacheProperties.class)
class CacheConfiguration {

    /// With what a store may add itself: less than the second that readers may be behind.
    private static final Duration FRESHNESS = Duration.ofMillis(300);

    /// Closed with the store beneath.
    @Bean(destroyMethod = "")
    @Primary
    @ConditionalOnProperty(name = "vitrine.cache.kind", havingValue = "near", matchIfMissing = true)
    EntityStore nearCachedStore(
            @Qualifier("entityStore") EntityStore store,
            ObjectProvider<SharedCache> shared,
            CacheProperties properties,
            MeterRegistry registry) {
        SharedCache feed = shared.getIfAvailable();
        if (properties.invalidation() == Invalidation.COSMOS && feed == null) {
            throw new IllegalArgumentException("vitrine.cache.invalidation is cosmos: set vitrine.store=cosmos");
        }
        return new CachedStore(store, new Caches(properties, feed, registry, FRESHNESS));
    }

    @Bean(destroyMethod = "")
    @Primary
    @ConditionalOnProperty(name = "vitrine.cache.kind", havingValue = "redis")
    EntityStore redisCachedStore(
            @Qualifier("entityStore") EntityStore store,
            ObjectProvider<SharedCache> shared,
            CacheProperties properties,
            MeterRegistry registry) {
        return new CachedStore(store, new Caches(properties, shared.getObject(), registry, FRESHNESS));
    }
}
