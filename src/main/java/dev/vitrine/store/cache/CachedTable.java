package dev.vitrine.store.cache;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Page;
import dev.vitrine.store.Answer;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.DeadLetter;
import dev.vitrine.store.Layout;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.TableWriter;
import dev.vitrine.store.cache.Caches.Source;
import dev.vitrine.store.cache.NearCache.Name;
import dev.vitrine.store.cache.SharedCache.Found;
import dev.vitrine.store.cache.SharedCache.Mark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A table with caches in front. An answer is always one that the store could have given at the checkpoint that it
/// says.
///
/// Entities are kept beside the version that they were read at, and are good for a later one if each change between
/// was told ([Chain]). Pages are good for the version that they were read at.
final class CachedTable implements StoredTable {

    private static final int OBJECTS = 120;

    private final StoredTable stored;
    private final Checkpoints checkpoints;
    private final Caches caches;
    private final String layout;
    private final Flights<Object, Answer<Lookup>> entities = new Flights<>();
    private final Flights<Object, Answer<Page>> pages = new Flights<>();
    private volatile @Nullable Covered covered;

    CachedTable(StoredTable stored, Checkpoints checkpoints, Caches caches) {
        this.stored = stored;
        this.checkpoints = checkpoints;
        this.caches = caches;
        this.layout = Layout.of(stored.table()).fingerprint();
    }

    /// Whether what a space holds is enough for this table.
    private record Covered(String space, boolean enough) {}

    /// Names a page in the near cache.
    private record PageName(String layout, At at, PageRequest request) {}

    @Override
    public GoldTable table() {
        return stored.table();
    }

    /// The store's own: whoever moves the table goes by it.
    @Override
    public Optional<Checkpoint> checkpoint() {
        return stored.checkpoint();
    }

    @Override
    public boolean coversLayout() {
        return stored.coversLayout();
    }

    @Override
    public Answer<Lookup> get(EntityKey key) {
        Known known = usable();
        if (known == null) {
            return stored.get(key);
        }
        Name name = new Name(known.space(), caches.id(key));
        Object near = caches.near().get(name, known.chain().state(), known.at());
        if (near != null) {
            caches.answered(Source.NEAR);
            return new Answer<>(known.checkpoint(), (Lookup) near, known.age());
        }
        Answer<Lookup> loaded = entities.join(name, () -> load(known, name, key));
        // whoever loads may have begun before this reader saw its version
        return isFrom(loaded.asOf(), known) ? loaded : load(known, name, key);
    }

    /// What is kept is combined with what is read for the others only where both are of one state.
    @Override
    public Answer<List<Lookup>> getAll(List<EntityKey> keys) {
        if (keys.size() == 1) {
            Answer<Lookup> answer = get(keys.getFirst());
            return new Answer<>(answer.asOf(), List.of(answer.value()), answer.age());
        }
        Known known = usable();
        if (known == null) {
            return stored.getAll(keys);
        }
        Chain.State state = known.chain().state();
        Map<EntityKey, Lookup> found = new HashMap<>();
        for (EntityKey key : keys) {
            if (caches.near().get(new Name(known.space(), caches.id(key)), state, known.at()) instanceof Lookup near) {
                found.put(key, near);
            }
        }
        Map<EntityKey, Long> looked = found.keySet().containsAll(keys) ? Map.of() : shared(known, state, keys, found);
        if (found.keySet().containsAll(keys)) {
            caches.answered(looked.isEmpty() ? Source.NEAR : Source.SHARED);
            return new Answer<>(known.checkpoint(), lookups(keys, found), known.age());
        }
        List<EntityKey> others =
                keys.stream().distinct().filter(key -> !found.containsKey(key)).toList();
        Answer<List<Lookup>> answer = stored.getAll(others);
        caches.answered(Source.STORE);
        if (answer.asOf().generation() == known.checkpoint().generation()) {
            for (int i = 0; i < others.size(); i++) {
                keep(known, state, others.get(i), answer.value().get(i), At.of(answer.asOf()), looked);
            }
        }
        if (!found.isEmpty() && !answer.asOf().equals(known.checkpoint())) {
            return stored.getAll(keys);
        }
        for (int i = 0; i < others.size(); i++) {
            found.put(others.get(i), answer.value().get(i));
        }
        return new Answer<>(answer.asOf(), lookups(keys, found), answer.age());
    }

    /// Adds what the shared cache has.
    ///
    /// @return when the shared cache was asked for the others
    private Map<EntityKey, Long> shared(
            Known known, Chain.State state, List<EntityKey> keys, Map<EntityKey, Lookup> found) {
        SharedCache shared = caches.shared();
        Mark mark = state.mark();
        if (shared == null || mark == null) {
            return Map.of();
        }
        List<EntityKey> wanted =
                keys.stream().distinct().filter(key -> !found.containsKey(key)).toList();
        Map<String, Found> there =
                shared.readAll(known.space(), wanted.stream().map(caches::id).toList());
        Map<EntityKey, Long> looked = new HashMap<>();
        for (EntityKey key : wanted) {
            String id = caches.id(key);
            switch (there.get(id)) {
                case Found.Entry entry -> {
                    Lookup lookup = shared(known, mark, entry, key);
                    if (lookup != null) {
                        At at = mark.at().isFrom(entry.mark().at())
                                ? mark.at()
                                : entry.mark().at();
                        caches.near()
                                .put(
                                        new Name(known.space(), id),
                                        known.chain(),
                                        state.link(),
                                        at,
                                        lookup,
                                        size(lookup));
                        found.put(key, lookup);
                    }
                }
                case Found.Nothing nothing -> looked.put(key, nothing.time());
                case null -> {}
            }
        }
        return looked;
    }

    /// Keeps what was read from the store.
    ///
    /// @param looked when the shared cache was asked for it
    private void keep(
            Known known, Chain.State state, EntityKey key, Lookup lookup, At at, Map<EntityKey, Long> looked) {
        String id = caches.id(key);
        caches.near().put(new Name(known.space(), id), known.chain(), state.link(), at, lookup, size(lookup));
        SharedCache shared = caches.shared();
        Mark mark = state.mark();
        Long time = looked.get(key);
        if (shared != null && mark != null && time != null && at.isFrom(mark.at())) {
            shared.fill(known.space(), id, new Mark(mark.turn(), at), revision(lookup), Forms.of(lookup), time);
        }
    }

    private static List<Lookup> lookups(List<EntityKey> keys, Map<EntityKey, Lookup> found) {
        return keys.stream().map(key -> Objects.requireNonNull(found.get(key))).toList();
    }

    private static boolean isFrom(Checkpoint asOf, Known known) {
        return asOf.generation() != known.checkpoint().generation()
                || At.of(asOf).isFrom(known.at());
    }

    private Answer<Lookup> load(Known known, Name name, EntityKey key) {
        String id = (String) name.id();
        Chain.State state = known.chain().state();
        SharedCache shared = caches.shared();
        Mark mark = state.mark();
        Found found = shared == null || mark == null ? null : shared.read(known.space(), id);
        if (mark != null && found instanceof Found.Entry entry) {
            Lookup lookup = shared(known, mark, entry, key);
            if (lookup != null) {
                At at = mark.at().isFrom(entry.mark().at())
                        ? mark.at()
                        : entry.mark().at();
                caches.near().put(name, known.chain(), state.link(), at, lookup, size(lookup));
                caches.answered(Source.SHARED);
                return new Answer<>(known.checkpoint(), lookup, known.age());
            }
        }
        Answer<Lookup> answer = stored.get(key);
        caches.answered(Source.STORE);
        if (answer.asOf().generation() == known.checkpoint().generation()) {
            Map<EntityKey, Long> looked =
                    found instanceof Found.Nothing nothing ? Map.of(key, nothing.time()) : Map.of();
            keep(known, state, key, answer.value(), At.of(answer.asOf()), looked);
        }
        return answer;
    }

    private static @Nullable Lookup shared(Known known, Mark mark, Found.Entry entry, EntityKey key) {
        boolean good = entry.mark().turn() == mark.turn()
                && (entry.mark().at().isFrom(known.at()) || mark.at().isFrom(known.at()));
        return good ? Forms.lookup(entry.body(), key) : null;
    }

    private static @Nullable At revision(Lookup lookup) {
        return lookup instanceof Lookup.Found found ? At.of(found.entity().revision()) : null;
    }

    private static int size(Lookup lookup) {
        return lookup instanceof Lookup.Found found ? found.entity().document().length + OBJECTS : 0;
    }

    @Override
    public Answer<Page> page(PageRequest request, ReadBudget budget) {
        Known known = usable();
        if (known == null) {
            return stored.page(request, budget);
        }
        Name name = new Name(known.space(), new PageName(layout, known.at(), request));
        Object near = caches.near().get(name, known.chain().state(), known.at());
        if (near != null) {
            caches.answered(Source.NEAR);
            return new Answer<>(known.checkpoint(), (Page) near, known.age());
        }
        return pages.join(name, () -> loadPage(known, name, request, budget));
    }

    private Answer<Page> loadPage(Known known, Name name, PageRequest request, ReadBudget budget) {
        Chain.State state = known.chain().state();
        SharedCache shared = caches.shared();
        Mark mark = state.mark() == null ? null : new Mark(state.mark().turn(), known.at());
        String id = shared == null || mark == null ? "" : PageIds.of(request, layout);
        byte[] found = shared == null || mark == null ? null : shared.page(known.space(), mark, id);
        if (found != null) {
            Page page = Forms.page(found, table(), request.order());
            caches.near().put(name, known.chain(), state.link(), known.at(), page, size(page));
            caches.answered(Source.SHARED);
            return new Answer<>(known.checkpoint(), page, known.age());
        }
        Answer<Page> answer = stored.page(request, budget);
        caches.answered(Source.STORE);
        if (answer.asOf().equals(known.checkpoint())) {
            caches.near().put(name, known.chain(), state.link(), known.at(), answer.value(), size(answer.value()));
            if (shared != null && mark != null) {
                shared.keepPage(known.space(), mark, id, Forms.of(answer.value(), table(), request.order()));
            }
        }
        return answer;
    }

    @Override
    public Answer<List<Page>> pages(List<PageRequest> requests, ReadBudget budget) {
        if (requests.size() > 1) {
            return stored.pages(requests, budget);
        }
        Answer<Page> answer = page(requests.getFirst(), budget);
        return new Answer<>(answer.asOf(), List.of(answer.value()), answer.age());
    }

    private static int size(Page page) {
        int bytes = OBJECTS;
        for (Entity item : page.items()) {
            bytes += item.document().length + OBJECTS;
        }
        return bytes;
    }

    @Override
    public Answer<Long> count(Filter filter, ReadBudget budget) {
        return stored.count(filter, budget);
    }

    @Override
    public Answer<List<Long>> counts(List<Filter> filters, ReadBudget budget) {
        return stored.counts(filters, budget);
    }

    /// Null: nothing is served, or not what this table wants; the store says what.
    private @Nullable Known usable() {
        Known known = checkpoints.current();
        if (known == null) {
            return null;
        }
        Covered last = covered;
        if (last == null || !last.space.equals(known.space())) {
            last = new Covered(known.space(), stored.coversLayout());
            Optional<Checkpoint> now = stored.checkpoint();
            if (now.isEmpty() || now.get().generation() != known.checkpoint().generation()) {
                return null;
            }
            covered = last;
        }
        return last.enough ? known : null;
    }

    @Override
    public SyncStatus status() {
        return stored.status();
    }

    @Override
    public long deadLetterCount() {
        return stored.deadLetterCount();
    }

    @Override
    public Map<EntityChange.Reason, Long> deadLettersByReason() {
        return stored.deadLettersByReason();
    }

    @Override
    public List<DeadLetter> deadLetters(long before, int limit) {
        return stored.deadLetters(before, limit);
    }

    @Override
    public boolean withholds() {
        return stored.withholds();
    }

    @Override
    public void report(SyncStatus status, long token) {
        stored.report(status, token);
    }

    @Override
    public TableWriter writer(long token) {
        return new CachedWriter(stored.writer(token), stored, checkpoints, caches);
    }
}
