package dev.vitrine.store.trace;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Page;
import dev.vitrine.store.Answer;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.DeadLetter;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.TableWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A table whose reads of entities are spans.
///
/// @param stored without them
record TracedTable(StoredTable stored, Spans spans) implements StoredTable {

    private <T> T in(String name, Supplier<T> read) {
        return spans.in(name, stored.table().address(), read);
    }

    @Override
    public GoldTable table() {
        return stored.table();
    }

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
        return in("store.get", () -> stored.get(key));
    }

    @Override
    public Answer<List<Lookup>> getAll(List<EntityKey> keys) {
        return in("store.getAll", () -> stored.getAll(keys));
    }

    @Override
    public Answer<Page> page(PageRequest request, ReadBudget budget) {
        return in("store.page", () -> stored.page(request, budget));
    }

    @Override
    public Answer<List<Page>> pages(List<PageRequest> requests, ReadBudget budget) {
        return in("store.pages", () -> stored.pages(requests, budget));
    }

    @Override
    public Answer<Long> count(Filter filter, ReadBudget budget) {
        return in("store.count", () -> stored.count(filter, budget));
    }

    @Override
    public Answer<List<Long>> counts(List<Filter> filters, ReadBudget budget) {
        return in("store.counts", () -> stored.counts(filters, budget));
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
    public TableWriter writer(long token) {
        return stored.writer(token);
    }

    @Override
    public void report(SyncStatus status, long token) {
        stored.report(status, token);
    }
}
