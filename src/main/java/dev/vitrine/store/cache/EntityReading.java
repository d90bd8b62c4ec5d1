package dev.vitrine.store.cache;

import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.Answer;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.cache.NearCache.Name;
import dev.vitrine.store.cache.SharedCache.Found;
import dev.vitrine.store.cache.SharedCache.Mark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Entities are kept beside the version that they were read at, and are good for a later one if each change between
/// was told ([Chain]).
final class EntityReading implements Reading<EntityKey, Lookup> {

    private static final int OBJECTS = 120;

    private final Known known;
    private final Chain.State state;
    private final StoredTable stored;
    private final Caches caches;
    private final Map<EntityKey, Long> looked = new HashMap<>();

    EntityReading(Known known, StoredTable stored, Caches caches) {
        this.known = known;
        this.state = known.chain().state();
        this.stored = stored;
        this.caches = caches;
    }

    @Override
    public Known known() {
        return known;
    }

    @Override
    public Chain.State state() {
        return state;
    }

    @Override
    public Name name(EntityKey key) {
        return new Name(known.space(), caches.id(key));
    }

    @Override
    public Class<Lookup> type() {
        return Lookup.class;
    }

    @Override
    public Map<EntityKey, Lookup> shared(List<EntityKey> keys) {
        SharedCache shared = caches.shared();
        Mark mark = state.mark();
        if (shared == null || mark == null) {
            return Map.of();
        }
        Map<String, Found> there =
                shared.readAll(known.space(), keys.stream().map(caches::id).toList());
        Map<EntityKey, Lookup> found = new HashMap<>();
        for (EntityKey key : keys) {
            switch (there.get(caches.id(key))) {
                case Found.Entry entry -> {
                    Lookup lookup = lookup(mark, entry, key);
                    if (lookup != null) {
                        At at = entry.mark().at();
                        keepNear(key, lookup, mark.at().isFrom(at) ? mark.at() : at);
                        found.put(key, lookup);
                    }
                }
                case Found.Nothing nothing -> looked.put(key, nothing.time());
                case null -> {}
            }
        }
        return found;
    }

    private @Nullable Lookup lookup(Mark mark, Found.Entry entry, EntityKey key) {
        boolean good = entry.mark().turn() == mark.turn()
                && (entry.mark().at().isFrom(known.at()) || mark.at().isFrom(known.at()));
        return good ? Forms.lookup(entry.body(), key) : null;
    }

    @Override
    public Answer<List<Lookup>> stored(List<EntityKey> keys) {
        if (keys.size() > 1) {
            return stored.getAll(keys);
        }
        Answer<Lookup> answer = stored.get(keys.getFirst());
        return new Answer<>(answer.asOf(), List.of(answer.value()), answer.age());
    }

    @Override
    public void keep(EntityKey key, Lookup lookup, Checkpoint asOf) {
        if (asOf.generation() != known.checkpoint().generation()) {
            return;
        }
        At at = At.of(asOf);
        keepNear(key, lookup, at);
        SharedCache shared = caches.shared();
        Mark mark = state.mark();
        Long time = looked.get(key);
        if (shared != null && mark != null && time != null && at.isFrom(mark.at())) {
            At revision =
                    lookup instanceof Lookup.Found found ? At.of(found.entity().revision()) : null;
            shared.fill(known.space(), caches.id(key), new Mark(mark.turn(), at), revision, Forms.of(lookup), time);
        }
    }

    private void keepNear(EntityKey key, Lookup lookup, At at) {
        int size = lookup instanceof Lookup.Found found ? found.entity().document().length + OBJECTS : 0;
        caches.near().put(name(key), known.chain(), state.link(), at, lookup, size);
    }
}
