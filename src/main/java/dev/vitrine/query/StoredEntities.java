package dev.vitrine.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.access.Caller;
import dev.vitrine.access.EntityGrant;
import dev.vitrine.access.Grants;
import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Page;
import dev.vitrine.entity.Revision;
import dev.vitrine.query.view.DocumentValues;
import dev.vitrine.store.Answer;
import dev.vitrine.store.BudgetExceeded;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.TableNotServed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers from the store.
final class StoredEntities implements Entities {

    private final EntityStore store;
    private final Contracts contracts;
    private final Grants grants;
    private final Cursors cursors;
    private final ReadBudget budget;

    /// Compared by identity: contracts are the same objects until they are edited.
    private final Cache<EntityType, EntityFields> prepared =
            Caffeine.newBuilder().weakKeys().build();

    StoredEntities(EntityStore store, Contracts contracts, Grants grants, Cursors cursors, ReadBudget budget) {
        this.store = store;
        this.contracts = contracts;
        this.grants = grants;
        this.cursors = cursors;
        this.budget = budget;
    }

    @Override
    public EntityAnswer get(
            DataProduct product, EntityType type, List<String> key, @Nullable List<String> fields, Caller caller) {
        EntityGrant grant = granted(product, type, caller);
        EntityFields known = prepared.get(type, EntityFields::new);
        Set<String> selected = new QuestionReader(product, type, known, grant).selected(fields);
        StoredTable table = store.table(contracts.table(product, type));
        Optional<EntityKey> stored = Keys.read(type, key);
        if (stored.isEmpty()) {
            return new EntityAnswer.None(served(table));
        }
        Answer<Lookup> answer = read(table, () -> table.get(stored.get()));
        Revision asOf = answer.asOf().revision();
        return switch (answer.value()) {
            case Lookup.Absent absent -> new EntityAnswer.None(asOf);
            // Whether the caller may see the row cannot be told without the row.
            case Lookup.Withheld withheld ->
                grant.opensEveryRow() ? new EntityAnswer.Withheld(asOf) : new EntityAnswer.None(asOf);
            case Lookup.Found found -> {
                byte[] json = shown(found.entity(), grant, known, selected);
                yield json == null ? new EntityAnswer.None(asOf) : new EntityAnswer.One(asOf, json);
            }
        };
    }

    @Override
    public EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller) {
        EntityGrant grant = granted(product, type, caller);
        EntityFields known = prepared.get(type, EntityFields::new);
        Question question = new QuestionReader(product, type, known, grant).read(selection, cursors);
        StoredTable table = store.table(contracts.table(product, type));
        Bookmark after = question.after();
        PageRequest request = new PageRequest(
                question.filter(), question.order(), after == null ? null : after.position(), selection.limit());
        Answer<Page> answer = within(type, question, table, () -> table.page(request, budget));
        Revision asOf = answer.asOf().revision();
        if (after != null && after.epoch() != asOf.epoch()) {
            throw InvalidQuery.cursor();
        }
        List<byte[]> items = new ArrayList<>();
        for (Entity entity : answer.value().items()) {
            byte[] json = shown(entity, grant, known, question.selected());
            if (json != null) {
                items.add(json);
            }
        }
        Page.Position next = answer.value().next();
        String cursor = next == null
                ? null
                : cursors.write(
                        new Bookmark(asOf.epoch(), next), question.binding(), question.termTypes(), Keys.types(type));
        Long total = selection.count() ? count(type, question, table) : null;
        return new EntityAnswer.Many(asOf, items, cursor, total);
    }

    private long count(EntityType type, Question question, StoredTable table) {
        return within(type, question, table, () -> table.count(question.filter(), budget))
                .value();
    }

    private EntityGrant granted(DataProduct product, EntityType type, Caller caller) {
        EntityGrant grant = grants.of(product, type, caller);
        if (grant.closed()) {
            throw new NotGranted(grants.opening(product, type));
        }
        return grant;
    }

    /// The entity as the caller may see it; null if not at all.
    private static byte @Nullable [] shown(
            Entity entity, EntityGrant grant, EntityFields known, @Nullable Set<String> selected) {
        Set<String> classes = grant.classesOn(new RowTest(new DocumentValues(entity.document())));
        return classes == null ? null : known.projection(classes, selected).render(entity);
    }

    private static Revision served(StoredTable table) {
        return table.checkpoint()
                .orElseThrow(() -> new EntitiesUnavailable(Unloaded.reason(table), null))
                .revision();
    }

    private interface Read<T> {
        Answer<T> from();
    }

    private static <T> Answer<T> read(StoredTable table, Read<T> read) {
        try {
            return read.from();
        } catch (TableNotServed e) {
            throw new EntitiesUnavailable(
                    table.checkpoint().isEmpty() ? Unloaded.reason(table) : String.valueOf(e.getMessage()), e);
        }
    }

    private <T> Answer<T> within(EntityType type, Question question, StoredTable table, Read<T> read) {
        try {
            return read(table, read);
        } catch (BudgetExceeded e) {
            throw new QueryTooExpensive(Advice.on(type, question, budget), e);
        }
    }
}
