package dev.vitrine.query;

import dev.vitrine.access.Caller;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Relation;
import dev.vitrine.query.budget.DayBudget;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers reads by key, and others as long as the store's budget of the day allows.
///
/// Its methods throw [BudgetSpent] beside what [Entities] says, before anything is charged or read.
final class BudgetedEntities implements Entities {

    private final Entities entities;
    private final DayBudget budget;

    BudgetedEntities(Entities entities, DayBudget budget) {
        this.entities = entities;
        this.budget = budget;
    }

    @Override
    public EntityAnswer get(
            DataProduct product,
            EntityType type,
            List<String> key,
            @Nullable List<String> fields,
            List<String> expand,
            Caller caller) {
        requireIfMany(product, type, expand);
        return entities.get(product, type, key, fields, expand, caller);
    }

    @Override
    public List<EntityAnswer> getAll(
            DataProduct product,
            EntityType type,
            List<List<String>> keys,
            @Nullable List<String> fields,
            List<String> expand,
            Caller caller) {
        requireIfMany(product, type, expand);
        return entities.getAll(product, type, keys, fields, expand, caller);
    }

    @Override
    public List<EntityAnswer> related(
            DataProduct product,
            EntityType type,
            List<List<String>> keys,
            Relation relation,
            Selection selection,
            Caller caller) {
        if (relation.toMany()) {
            require(product);
        } else {
            requireIfMany(product, relation.target(), selection.expand());
        }
        return entities.related(product, type, keys, relation, selection, caller);
    }

    @Override
    public EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller) {
        require(product);
        return entities.list(product, type, selection, caller);
    }

    @Override
    public EntityEdges edges(DataProduct product, EntityType type, Selection selection, Caller caller) {
        require(product);
        return entities.edges(product, type, selection, caller);
    }

    @Override
    public List<EntityEdges> edges(
            DataProduct product, Relation relation, List<List<String>> keys, Selection selection, Caller caller) {
        require(product);
        return entities.edges(product, relation, keys, selection, caller);
    }

    @Override
    public AsOf served(DataProduct product, EntityType type, Caller caller) {
        return entities.served(product, type, caller);
    }

    @Override
    public List<String> visible(DataProduct product, EntityType type, Caller caller) {
        return entities.visible(product, type, caller);
    }

    private void require(DataProduct product) {
        Duration closed = budget.closedFor(product.name());
        if (closed != null) {
            budget.refused(product.name());
            throw new BudgetSpent(product.name(), closed);
        }
    }

    /// Relations to one are followed by key; those to many are pages of a collection.
    private void requireIfMany(DataProduct product, EntityType from, List<String> expand) {
        if (expand.stream().anyMatch(path -> leadsToMany(product, from, List.of(path.split("\\.", -1))))) {
            require(product);
        }
    }

    /// What is no relation is told where the path is read.
    private static boolean leadsToMany(DataProduct product, EntityType from, List<String> path) {
        EntityType type = from;
        for (String name : path) {
            Relation relation = product.relations(type).stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (relation == null) {
                return false;
            }
            if (relation.toMany()) {
                return true;
            }
            type = relation.target();
        }
        return false;
    }
}
