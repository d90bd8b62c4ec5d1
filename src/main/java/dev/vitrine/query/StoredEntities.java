package dev.vitrine.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.access.Caller;
import dev.vitrine.access.EntityGrant;
import dev.vitrine.access.Grants;
import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Relation;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.ReadBudget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers from the store.
final class StoredEntities implements Entities {

    private final EntityStore store;
    private final Contracts contracts;
    private final Grants grants;
    private final Cursors cursors;
    private final Answers answers;

    /// Compared by identity: contracts are the same objects until they are edited.
    private final Cache<EntityType, EntityFields> prepared =
            Caffeine.newBuilder().weakKeys().build();

    StoredEntities(EntityStore store, Contracts contracts, Grants grants, Cursors cursors, ReadBudget budget) {
        this.store = store;
        this.contracts = contracts;
        this.grants = grants;
        this.cursors = cursors;
        this.answers = new Answers(cursors, budget);
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
        Opened opened = open(product, type, caller);
        Wanted wanted = reader(opened, caller).wanted(fields, expand, keys.size());
        return answers.each(opened, wanted, stored(type, keys));
    }

    @Override
    public List<EntityAnswer> related(
            DataProduct product,
            EntityType type,
            List<List<String>> keys,
            Relation relation,
            Selection selection,
            Caller caller) {
        Opened from = open(product, type, caller);
        Opened target = open(product, relation.target(), caller);
        QuestionReader reader = reader(target, caller);
        if (relation.toMany()) {
            return answers.related(
                    from,
                    stored(type, keys),
                    relation,
                    target,
                    links ->
                            answers.pages(target, reader.read(selection, links), selection.limit(), selection.count()));
        }
        Wanted wanted = reader.wanted(selection.fields(), selection.expand(), keys.size());
        return answers.related(
                from, stored(type, keys), relation, target, links -> answers.each(target, wanted, keys(links)));
    }

    @Override
    public EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller) {
        Opened opened = open(product, type, caller);
        Question question = reader(opened, caller).read(selection);
        return answers.pages(opened, List.of(question), selection.limit(), selection.count())
                .getFirst();
    }

    @Override
    public EntityEdges edges(DataProduct product, EntityType type, Selection selection, Caller caller) {
        Opened opened = open(product, type, caller);
        Question question = reader(opened, caller).read(selection);
        return answers.edges(opened, List.of(question), selection.limit(), selection.count())
                .getFirst();
    }

    @Override
    public List<EntityEdges> edges(
            DataProduct product, Relation relation, List<List<String>> keys, Selection selection, Caller caller) {
        Opened target = open(product, relation.target(), caller);
        List<Link> links = keys.stream().map(key -> new Link(relation, key)).toList();
        List<Question> questions = reader(target, caller).read(selection, links);
        return answers.edges(target, questions, selection.limit(), selection.count());
    }

    @Override
    public Revision served(DataProduct product, EntityType type, Caller caller) {
        return open(product, type, caller).served();
    }

    @Override
    public List<String> visible(DataProduct product, EntityType type, Caller caller) {
        Opened opened = open(product, type, caller);
        return opened.fields().visibleNames(opened.grant());
    }

    private Opened open(DataProduct product, EntityType type, Caller caller) {
        EntityGrant grant = grants.of(product, type, caller);
        if (grant.closed()) {
            throw new NotGranted(grants.opening(product, type));
        }
        EntityFields fields = prepared.get(type, EntityFields::new);
        return new Opened(product, type, grant, fields, store.table(contracts.table(product, type)));
    }

    private QuestionReader reader(Opened opened, Caller caller) {
        return new QuestionReader(opened, cursors, type -> open(opened.product(), type, caller));
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
