package dev.vitrine.store.cache;

import dev.vitrine.contract.GoldTable;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A table with caches in front. An answer is always one that the store could have given at the checkpoint that it
/// says.
final class CachedTable implements StoredTable {

    private final StoredTable stored;
    private final Checkpoints checkpoints;
    private final Caches caches;
    private final String layout;
    private final PageForm pageForm;
    private final CountForm countForm = new CountForm();
    private final Combined<EntityKey, Lookup> entities;
    private final Combined<PageRequest, Page> pages;
    private final Combined<Filter, Long> counts;
    private volatile @Nullable Covered covered;

    CachedTable(StoredTable stored, Checkpoints checkpoints, Caches caches) {
        this.stored = stored;
        this.checkpoints = checkpoints;
        this.caches = caches;
        this.layout = Layout.of(stored.table()).fingerprint();
        this.pageForm = new PageForm(stored.table());
        this.entities = new Combined<>(caches);
        this.pages = new Combined<>(caches);
        this.counts = new Combined<>(caches);
    }

    /// Whether what a space holds is enough for this table.
    private record Covered(String space, boolean enough) {}

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
        return known == null ? stored.get(key) : only(getAll(known, List.of(key)));
    }

    @Override
    public Answer<List<Lookup>> getAll(List<EntityKey> keys) {
        Known known = usable();
        return known == null ? stored.getAll(keys) : getAll(known, keys);
    }

    private Answer<List<Lookup>> getAll(Known known, List<EntityKey> keys) {
        return entities.read(keys, new EntityReading(known, stored, caches));
    }

    @Override
    public Answer<Page> page(PageRequest request, ReadBudget budget) {
        Known known = usable();
        return known == null ? stored.page(request, budget) : only(pages(known, List.of(request), budget));
    }

    @Override
    public Answer<List<Page>> pages(List<PageRequest> requests, ReadBudget budget) {
        Known known = usable();
        return known == null ? stored.pages(requests, budget) : pages(known, requests, budget);
    }

    private Answer<List<Page>> pages(Known known, List<PageRequest> requests, ReadBudget budget) {
        return pages.read(requests, reading(known, pageForm, asked -> stored.pages(asked, budget)));
    }

    @Override
    public Answer<Long> count(Filter filter, ReadBudget budget) {
        Known known = usable();
        return known == null ? stored.count(filter, budget) : only(counts(known, List.of(filter), budget));
    }

    @Override
    public Answer<List<Long>> counts(List<Filter> filters, ReadBudget budget) {
        Known known = usable();
        return known == null ? stored.counts(filters, budget) : counts(known, filters, budget);
    }

    private Answer<List<Long>> counts(Known known, List<Filter> filters, ReadBudget budget) {
        return counts.read(filters, reading(known, countForm, asked -> stored.counts(asked, budget)));
    }

    private <Q, V> Reading<Q, V> reading(
            Known known, VersionReading.Form<Q, V> form, Function<List<Q>, Answer<List<V>>> store) {
        return new VersionReading<>(known, known.chain().state(), caches, layout, form, store);
    }

    private static <V> Answer<V> only(Answer<List<V>> answer) {
        return new Answer<>(answer.asOf(), answer.value().getFirst(), answer.age());
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
