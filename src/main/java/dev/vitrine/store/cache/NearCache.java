package dev.vitrine.store.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What this process keeps, by space and name, bounded by bytes. Threads may share it.
final class NearCache {

    private static final int OVERHEAD = 200;

    /// @param id [Ids] of an entity, or what names a page
    record Name(String space, Object id) {}

    /// @param link see [Chain]
    /// @param at version it was read at
    private record Held(long link, At at, Object value, int bytes) {}

    private final Cache<Name, Held> held;

    /// @param bytes how much, by estimate
    /// @param ttl how long at most
    NearCache(long bytes, Duration ttl, MeterRegistry registry) {
        this.held = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Name name, Held value) -> value.bytes + OVERHEAD)
                .expireAfterWrite(ttl)
                // what has expired is removed even if nobody reads
                .scheduler(Scheduler.systemScheduler())
                .build();
        Gauge.builder(
                        "vitrine.cache.near.bytes",
                        held,
                        cache -> cache.policy()
                                .eviction()
                                .map(eviction -> eviction.weightedSize().orElse(0))
                                .orElse(0L))
                .description("What the process keeps of entities and pages, by estimate")
                .baseUnit("bytes")
                .register(registry);
    }

    /// What is good for a version, going by a state of the chain that was taken before.
    @Nullable
    Object get(Name name, Chain.State state, At wanted) {
        Held found = held.getIfPresent(name);
        return found != null && state.covers(found.link, found.at, wanted) ? found.value : null;
    }

    /// Keeps what was read at a version under a link, unless a change was told since or something newer is there.
    void put(Name name, Chain chain, long link, At at, Object value, int bytes) {
        held.asMap().compute(name, (any, old) -> {
            if (!chain.takes(link, at)) {
                return old;
            }
            return old != null && old.link == link && old.at.compareTo(at) > 0 ? old : new Held(link, at, value, bytes);
        });
    }

    void drop(String space, List<String> ids) {
        ids.forEach(id -> held.asMap().remove(new Name(space, id)));
    }

    void clear() {
        held.invalidateAll();
    }
}
