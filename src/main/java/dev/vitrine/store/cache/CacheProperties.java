package dev.vitrine.store.cache;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The caches in front of the store, `vitrine.cache.*`.
///
/// @param kind where they are
/// @param near how much is kept in the memory of this process
/// @param ttl how long anything is kept in one cache: what is deleted in the gold table is gone from all of them after
///     twice that, whatever fails
/// @param stale how long entities that are kept are served while the store is out of reach
/// @param writeThrough what the worker puts into Redis as it applies commits
/// @param redisTimeout longest wait for Redis
/// @param invalidation how processes hear of changes
@ConfigurationProperties("vitrine.cache")
public record CacheProperties(
        @DefaultValue("near") Kind kind,
        @DefaultValue("64MB") DataSize near,
        @DefaultValue("5m") Duration ttl,
        @DefaultValue("5m") Duration stale,
        @DefaultValue("cached") WriteThrough writeThrough,
        @DefaultValue("250ms") Duration redisTimeout,
        @DefaultValue("delta") Invalidation invalidation) {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /// Where caches are.
    public enum Kind {
        /// nowhere
        NONE,
        /// in this process
        NEAR,
        /// in this process and in Redis
        REDIS
    }

    /// What the worker puts into Redis.
    public enum WriteThrough {
        /// changed entities that are kept there already
        CACHED,
        /// all changed entities
        ALL
    }

    /// How processes hear of changes.
    public enum Invalidation {
        /// from the worker, in the same process or through Redis
        DELTA,
        /// by the change feed of Cosmos DB: where the worker shares no Redis with them
        COSMOS
    }

    public CacheProperties {
        if (invalidation == Invalidation.COSMOS && kind != Kind.NEAR) {
            throw new IllegalArgumentException(
                    "vitrine.cache.invalidation is cosmos: set vitrine.cache.kind=near, since a Redis that the worker does not share cannot be kept right by it");
        }
        if (ttl.compareTo(LONGEST) > 0 || !ttl.isPositive()) {
            throw new IllegalArgumentException(
                    "vitrine.cache.ttl is %s: set at most 5m, so that no copy of a deleted row outlives ten minutes"
                            .formatted(ttl));
        }
        if (stale.compareTo(ttl) > 0) {
            throw new IllegalArgumentException(
                    "vitrine.cache.stale is %s: set at most vitrine.cache.ttl, %s".formatted(stale, ttl));
        }
    }
}
