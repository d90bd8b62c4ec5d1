package dev.vitrine.store.cache;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.cache.CacheProperties.Invalidation;
import dev.vitrine.store.cache.CacheProperties.Kind;
import dev.vitrine.store.cache.CacheProperties.WriteThrough;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// Puts caches in front of stores, for tests of other packages.
public final class CachedStores {

    /// Patient with Redis, for a busy machine.
    public static final CacheProperties PROPERTIES = properties(WriteThrough.CACHED);

    private CachedStores() {}

    static CacheProperties properties(WriteThrough writeThrough) {
        return new CacheProperties(
                Kind.REDIS,
                DataSize.ofMegabytes(8),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                writeThrough,
                Duration.ofSeconds(10),
                Invalidation.DELTA);
    }

    /// Readers see at once what other processes did.
    public static EntityStore of(EntityStore store, @Nullable SharedCache shared) {
        return of(store, shared, Duration.ZERO);
    }

    /// @param freshness how far readers may be behind other processes
    public static EntityStore of(EntityStore store, @Nullable SharedCache shared, Duration freshness) {
        return new CachedStore(store, new Caches(PROPERTIES, shared, new SimpleMeterRegistry(), freshness));
    }
}
