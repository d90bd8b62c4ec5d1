package dev.vitrine.query;

import dev.vitrine.access.Caller;
import dev.vitrine.access.Visit;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the cost of every read from what the caller's plan leaves, before it is done: whichever door asks, and however
/// many reads one request makes. A unit pays for twenty entities that are asked for, an exact count costs five.
///
/// Its methods throw [LimitExceeded] beside what [Entities] says, and are called while a [Visit] is under way.
record CountedEntities(Entities entities) implements Entities {

    private static final int ENTITIES_OF_A_UNIT = 20;
    private static final int COUNT = 5;

    @Override
    public EntityAnswer get(
            DataProduct product, EntityType type, List<String> key, @Nullable List<String> fields, Caller caller) {
        Visit.current().charge(1);
        return entities.get(product, type, key, fields, caller);
    }

    @Override
    public EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller) {
        int limit = Math.clamp(selection.limit(), 1, QuestionReader.MOST_ENTITIES);
        int units = (limit + ENTITIES_OF_A_UNIT - 1) / ENTITIES_OF_A_UNIT;
        Visit.current().charge(units + (selection.count() ? COUNT : 0));
        return entities.list(product, type, selection, caller);
    }
}
