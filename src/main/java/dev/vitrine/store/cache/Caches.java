package dev.vitrine.store.cache;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.cache.SharedCache.Listener;
import dev.vitrine.store.cache.SharedCache.Mark;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The near cache of this process, the shared one if there is one, and the chains of the spaces that are served.
/// Threads may share it.
final class Caches implements Listener {

    private final NearCache near;
    private final @Nullable SharedCache shared;
    private final Duration freshness;
    private final Duration stale;
    private final Map<String, Chain> chains = new ConcurrentHashMap<>();
    private final Map<Source, Counter> answers = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    /// Where an answer came from.
    enum Source {
        NEAR,
        SHARED,
        STORE
    }

    /// @param freshness how old a checkpoint may be that readers go by while the store answers
    Caches(CacheProperties properties, @Nullable SharedCache shared, MeterRegistry registry, Duration freshness) {
        this.near = new NearCache(properties.near().toBytes(), properties.ttl(), registry);
        this.shared = shared;
        this.freshness = freshness;
        this.stale = properties.stale();
        this.registry = registry;
        if (shared != null) {
            shared.listen(this);
        }
    }

    NearCache near() {
        return near;
    }

    @Nullable
    SharedCache shared() {
        return shared;
    }

    Duration freshness() {
        return freshness;
    }

    Duration stale() {
        return stale;
    }

    String id(EntityKey key) {
        return shared == null ? Ids.of(key) : shared.id(key);
    }

    void answered(Source source) {
        answers.computeIfAbsent(
                        source,
                        any -> Counter.builder("vitrine.cache.answers")
                                .description("Entities and pages that were read, by what they were answered from")
                                .tag("from", any.name().toLowerCase(Locale.ROOT))
                                .register(registry))
                .increment();
    }

    /// The chain of a space that is served.
    Chain chain(String space, At at, GoldTable table) {
        Chain known = chains.get(space);
        if (known != null) {
            return known;
        }
        Chain chain = chains.computeIfAbsent(space, any -> new Chain());
        if (shared != null) {
            shared.watch(space, at, table);
        }
        return chain;
    }

    /// The space is not served any more.
    void forget(String space) {
        chains.remove(space);
        if (shared != null) {
            shared.forget(space);
        }
    }

    /// This process changed a space.
    void told(String space, At from, At to, Changed changed) {
        Map<String, SharedCache.Outcome> outcomes = changed.outcomes();
        if (shared != null) {
            shared.publish(space, from, to, outcomes);
        } else {
            Chain chain = chains.get(space);
            if (chain != null) {
                chain.told(
                        from,
                        to,
                        outcomes == null ? null : List.copyOf(outcomes.keySet()),
                        ids -> near.drop(space, ids));
            }
        }
    }

    /// This process changed a space without moving its version.
    void changedInPlace(String space, At at) {
        if (shared != null) {
            shared.publish(space, at, at, null);
        }
        Chain chain = chains.get(space);
        if (chain != null) {
            chain.broken();
        }
    }

    @Override
    public void seen(String space, Mark mark) {
        Chain chain = chains.get(space);
        if (chain != null) {
            chain.seen(mark);
        }
    }

    @Override
    public void moved(String space, @Nullable Mark before, Mark now, @Nullable List<String> ids) {
        Chain chain = chains.get(space);
        if (chain != null) {
            chain.moved(before, now, ids, changed -> near.drop(space, changed));
        }
    }

    @Override
    public void lost() {
        chains.values().forEach(Chain::broken);
        near.clear();
    }
}
