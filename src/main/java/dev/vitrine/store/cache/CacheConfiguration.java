package dev.vitrine.store.cache;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.cache.CacheProperties.Invalidation;
import dev.vitrine.store.trace.Spans;
import dev.vitrine.store.trace.TracedStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/// Puts caches in front of whatever store there is, unless `vitrine.cache.kind` is `none`, and spans between.
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
            MeterRegistry registry,
            ObjectProvider<Tracer> tracers) {
        SharedCache feed = shared.getIfAvailable();
        if (properties.invalidation() == Invalidation.COSMOS && feed == null) {
            throw new IllegalArgumentException("vitrine.cache.invalidation is cosmos: set vitrine.store=cosmos");
        }
        Spans spans = new Spans(tracers.getIfAvailable());
        return new CachedStore(new TracedStore(store, spans), new Caches(properties, feed, registry, FRESHNESS));
    }

    @Bean(destroyMethod = "")
    @Primary
    @ConditionalOnProperty(name = "vitrine.cache.kind", havingValue = "redis")
    EntityStore redisCachedStore(
            @Qualifier("entityStore") EntityStore store,
            ObjectProvider<SharedCache> shared,
            CacheProperties properties,
            MeterRegistry registry,
            ObjectProvider<Tracer> tracers) {
        Spans spans = new Spans(tracers.getIfAvailable());
        SharedCache traced = new TracedCache(shared.getObject(), spans);
        return new CachedStore(new TracedStore(store, spans), new Caches(properties, traced, registry, FRESHNESS));
    }

    @Bean(destroyMethod = "")
    @Primary
    @ConditionalOnProperty(name = "vitrine.cache.kind", havingValue = "none")
    EntityStore uncachedStore(@Qualifier("entityStore") EntityStore store, ObjectProvider<Tracer> tracers) {
        return new TracedStore(store, new Spans(tracers.getIfAvailable()));
    }
}
