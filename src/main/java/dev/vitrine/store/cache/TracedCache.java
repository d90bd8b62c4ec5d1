package dev.vitrine.store.cache;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.trace.Spans;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A shared cache whose reads are spans: `cache.entities`, `cache.pages`.
record TracedCache(SharedCache cache, Spans spans) implements SharedCache {

    @Override
    public String id(EntityKey key) {
        return cache.id(key);
    }

    @Override
    public Map<String, Found> readAll(String space, List<String> ids) {
        return spans.in("cache.entities", null, () -> cache.readAll(space, ids));
    }

    @Override
    public void fill(String space, String id, Mark mark, @Nullable At revision, byte[] body, long time) {
        cache.fill(space, id, mark, revision, body, time);
    }

    @Override
    public Map<String, byte[]> pages(String space, Mark mark, Collection<String> ids) {
        return spans.in("cache.pages", null, () -> cache.pages(space, mark, ids));
    }

    @Override
    public void keepPage(String space, Mark mark, String id, byte[] body) {
        cache.keepPage(space, mark, id, body);
    }

    @Override
    public void publish(String space, At from, At to, @Nullable Map<String, Outcome> outcomes) {
        cache.publish(space, from, to, outcomes);
    }

    @Override
    public void watch(String space, At at, GoldTable table) {
        cache.watch(space, at, table);
    }

    @Override
    public void forget(String space) {
        cache.forget(space);
    }

    @Override
    public void listen(Listener listener) {
        cache.listen(listener);
    }
}
