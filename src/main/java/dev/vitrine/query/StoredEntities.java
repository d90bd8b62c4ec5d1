package dev.vitrine.query;

import dev.vitrine.access.Caller;
import dev.vitrine.access.Grants;
import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Relation;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.query.Opened.NotStored;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.ReadBudget;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers from the store.
final class StoredEntities implements Entities {

    private final Views views;
    private final Grants grants;
    private final Cursors cursors;
    private final Answers answers;

    StoredEntities(EntityStore store, Contracts contracts, Grants grants, Cursors cursors, ReadBudget budget) {
        this(store, contracts, grants, cursors, budget, Toll.NONE);
    }

    /// @param toll of what stands in answers beside what was asked for
    StoredEntities(
            EntityStore store, Contracts contracts, Grants grants, Cursors cursors, ReadBudget budget, Toll toll) {
        this.views = new Views(contracts, store);
        this.grants = grants;
        this.cursors = cursors;
        this.answers = new Answers(cursors, budget, toll);
    }

    @Override
    public EntityAnswer get(
            DataProduct product,
            EntityType type,
            List<String> key,
            @Nullable List<String> fields,
            List<String> expand,
            Caller caller) {
        return getAll(product, type, List.of(key), fields, expand, caller).getFirst();
    }

    @Override
    public List<EntityAnswer> getAll(
            DataProduct product,
            EntityType type,
            List<List<String>> keys,
            @Nullable List<String> fields,
            List<String> expand,
            Caller caller) {
        return answer(product, caller, opener -> {
            Opened opened = opener.open(type);
            Wanted wanted = reader(opened, opener).wanted(fields, expand, keys.size());
            return answers.each(opened, wanted, stored(opened.type(), keys));
        });
    }

    @Override
    public List<EntityAnswer> related(
            DataProduct product,
            EntityType type,
            List<List<String>> keys,
            Relation relation,
            Selection selection,
            Caller caller) {
        return answer(product, caller, opener -> related(opener, type, keys, relation, selection));
    }

    private List<EntityAnswer> related(
            Opener opener, EntityType type, List<List<String>> keys, Relation asked, Selection selection) {
        Opened from = opener.open(type);
        Relation relation = opener.relation(from, asked);
        Opened target = opener.open(relation.target());
        QuestionReader reader = reader(target, opener);
        List<@Nullable EntityKey> stored = stored(from.type(), keys);
        if (relation.toMany()) {
            return answers.related(
                    from,
                    stored,
                    relation,
                    target,
                    links ->
                            answers.pages(target, reader.read(selection, links), selection.limit(), selection.count()));
        }
        Wanted wanted = reader.wanted(selection.fields(), selection.expand(), keys.size());
        return answers.related(from, stored, relation, target, links -> answers.each(target, wanted, keys(links)));
    }

    @Override
    public EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller) {
        return answer(product, caller, opener -> {
            Opened opened = opener.open(type);
            Question question = reader(opened, opener).read(selection);
            return answers.pages(opened, List.of(question), selection.limit(), selection.count())
                    .getFirst();
        });
    }

    @Override
    public EntityEdges edges(DataProduct product, EntityType type, Selection selection, Caller caller) {
        return answer(product, caller, opener -> {
            Opened opened = opener.open(type);
            Question question = reader(opened, opener).read(selection);
            return answers.edges(opened, List.of(question), selection.limit(), selection.count())
                    .getFirst();
        });
    }

    @Override
    public List<EntityEdges> edges(
            DataProduct product, Relation relation, List<List<String>> keys, Selection selection, Caller caller) {
        return answer(product, caller, opener -> {
            Opened target = opener.open(relation.target());
            List<Link> links = keys.stream().map(key -> new Link(relation, key)).toList();
            List<Question> questions = reader(target, opener).read(selection, links);
            return answers.edges(target, questions, selection.limit(), selection.count());
        });
    }

    @Override
    public AsOf served(DataProduct product, EntityType type, Caller caller) {
        return opener(product, caller).open(type).served();
    }

    @Override
    public List<String> visible(DataProduct product, EntityType type, Caller caller) {
        Opened opened = opener(product, caller).open(type);
        return opened.fields().visibleNames(opened.grant());
    }

    private Opener opener(DataProduct product, Caller caller) {
        return new Opener(views, grants, product, caller, Map.of());
    }

    /// By other views where the store cannot answer by those in force: the contract was edited, and tables are loaded
    /// already as the edit wants them. Ends, since each collection has one other view.
    private <T> T answer(DataProduct product, Caller caller, Function<Opener, T> question) {
        Opener opener = opener(product, caller);
        while (true) {
            try {
                return question.apply(opener);
            } catch (NotStored failure) {
                opener = opener.without(failure);
            }
        }
    }

    private QuestionReader reader(Opened opened, Opener opener) {
        return new QuestionReader(opened, cursors, opener::open);
    }

    private static List<@Nullable EntityKey> stored(EntityType type, List<List<String>> keys) {
        return keys.stream()
                .<@Nullable EntityKey>map(key -> Keys.read(type, key).orElse(null))
                .toList();
    }

    private static List<@Nullable EntityKey> keys(List<Link> links) {
        return links.stream()
                .<@Nullable EntityKey>map(link -> link.key().orElse(null))
                .toList();
    }
}
