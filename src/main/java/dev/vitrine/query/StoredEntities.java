package dev.vitrine.query;

import dev.vitrine.access.Caller;
import dev.vitrine.access.EntityGrant;
import dev.vitrine.access.Grants;
import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Page;
import dev.vitrine.query.view.DocumentValues;
import dev.vitrine.store.Answer;
import dev.vitrine.store.BudgetExceeded;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoreUnavailable;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.TableNotServed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers from the store.
final class StoredEntities implements Entities {

    private final Views views;
    private final Grants grants;
    private final Cursors cursors;
    private final ReadBudget budget;

    StoredEntities(EntityStore store, Contracts contracts, Grants grants, Cursors cursors, ReadBudget budget) {
        this.views = new Views(contracts, store);
        this.grants = grants;
        this.cursors = cursors;
        this.budget = budget;
    }

    @Override
    public EntityAnswer get(
            DataProduct product, EntityType type, List<String> key, @Nullable List<String> fields, Caller caller) {
        return answer(views.of(product, type), view -> get(view, key, fields, caller));
    }

    @Override
    public EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller) {
        return answer(views.of(product, type), view -> list(view, selection, caller));
    }

    /// By another view where the store cannot answer by this one: the contract was edited, and the table is loaded
    /// already as the edit wants it.
    private <T> T answer(View view, Function<View, T> question) {
        try {
            return question.apply(view);
        } catch (StoreUnavailable e) {
            throw new EntitiesUnavailable(
                    view.table().table().address() + " cannot be read now; it is tried again all the time", e);
        } catch (TableNotServed e) {
            View other = views.instead(view).orElseThrow(() -> unavailable(view, e));
            try {
                return question.apply(other);
            } catch (TableNotServed again) {
                throw unavailable(other, again);
            }
        }
    }

    private EntityAnswer get(View view, List<String> key, @Nullable List<String> fields, Caller caller) {
        EntityGrant grant = granted(view, caller);
        Set<String> selected = reader(view, grant).selected(fields);
        StoredTable table = view.table();
        Optional<EntityKey> stored = Keys.read(view.type(), key);
        if (stored.isEmpty()) {
            return new EntityAnswer.None(served(view));
        }
        Answer<Lookup> answer = table.get(stored.get());
        AsOf asOf = AsOf.of(answer);
        return switch (answer.value()) {
            case Lookup.Absent absent -> new EntityAnswer.None(asOf);
            // Whether the caller may see the row cannot be told without the row.
            case Lookup.Withheld withheld ->
                grant.opensEveryRow() ? new EntityAnswer.Withheld(asOf) : new EntityAnswer.None(asOf);
            case Lookup.Found found -> {
                byte[] json = shown(found.entity(), grant, view, selected);
                yield json == null ? new EntityAnswer.None(asOf) : new EntityAnswer.One(asOf, json);
            }
        };
    }

    private EntityAnswer.Many list(View view, Selection selection, Caller caller) {
        EntityGrant grant = granted(view, caller);
        Question question = reader(view, grant).read(selection, cursors);
        StoredTable table = view.table();
        Bookmark after = question.after();
        PageRequest request = new PageRequest(
                question.filter(), question.order(), after == null ? null : after.position(), selection.limit());
        Answer<Page> answer = within(view, question, () -> table.page(request, budget));
        AsOf asOf = AsOf.of(answer);
        long epoch = asOf.revision().epoch();
        if (after != null && after.epoch() != epoch) {
            throw new CursorExpired(view.type().name());
        }
        List<byte[]> items = new ArrayList<>();
        for (Entity entity : answer.value().items()) {
            byte[] json = shown(entity, grant, view, question.selected());
            if (json != null) {
                items.add(json);
            }
        }
        Page.Position next = answer.value().next();
        String cursor = next == null
                ? null
                : cursors.write(
                        new Bookmark(epoch, next), question.binding(), question.termTypes(), Keys.types(view.type()));
        Long total = selection.count()
                ? within(view, question, () -> table.count(question.filter(), budget))
                        .value()
                : null;
        return new EntityAnswer.Many(asOf, items, cursor, total);
    }

    private EntityGrant granted(View view, Caller caller) {
        EntityGrant grant = grants.of(view.product(), view.type(), caller);
        if (grant.closed()) {
            throw new NotGranted(grants.opening(view.product(), view.type()));
        }
        return grant;
    }

    private static QuestionReader reader(View view, EntityGrant grant) {
        return new QuestionReader(view.product(), view.type(), view.fields(), grant);
    }

    /// The entity as the caller may see it; null if not at all.
    private static byte @Nullable [] shown(
            Entity entity, EntityGrant grant, View view, @Nullable Set<String> selected) {
        Set<String> classes = grant.classesOn(new RowTest(new DocumentValues(entity.document())));
        return classes == null
                ? null
                : view.fields().projection(classes, selected).render(entity);
    }

    private static AsOf served(View view) {
        return view.table()
                .checkpoint()
                .map(AsOf::of)
                .orElseThrow(() -> new EntitiesUnavailable(Unloaded.reason(view.table()), null));
    }

    private static EntitiesUnavailable unavailable(View view, TableNotServed cause) {
        StoredTable table = view.table();
        return new EntitiesUnavailable(
                table.checkpoint().isEmpty() ? Unloaded.reason(table) : String.valueOf(cause.getMessage()), cause);
    }

    private <T> T within(View view, Question question, Supplier<T> read) {
        try {
            return read.get();
        } catch (BudgetExceeded e) {
            throw new QueryTooExpensive(Advice.on(view.type(), question, budget), e);
        }
    }
}
