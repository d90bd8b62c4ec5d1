package dev.vitrine.query;

import dev.vitrine.access.Caller;
import dev.vitrine.access.EntityRead;
import dev.vitrine.access.Grants;
import dev.vitrine.access.Visit;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the cost of every read from what the caller's plan leaves, before it is done, and notes the read for the
/// audit:
/// whichever door asks, and however many reads one request makes. A unit pays for twenty entities that are asked for,
/// an
/// exact count costs five.
///
/// Its methods throw [LimitExceeded] beside what [Entities] says, and are called while a [Visit] is under way.
final class CountedEntities implements Entities {

    private static final int ENTITIES_OF_A_UNIT = 20;
    private static final int COUNT = 5;

    private final Entities entities;
    private final ShownClasses classes;

    CountedEntities(Entities entities, Grants grants) {
        this.entities = entities;
        this.classes = new ShownClasses(grants);
    }

    @Override
    public EntityAnswer get(
            DataProduct product, EntityType type, List<String> key, @Nullable List<String> fields, Caller caller) {
        Visit visit = Visit.current();
        visit.charge(1);
        long bytes = 0;
        long rows = 0;
        try {
            EntityAnswer answer = entities.get(product, type, key, fields, caller);
            if (answer instanceof EntityAnswer.One one) {
                rows = 1;
                bytes = one.json().length;
            }
            return answer;
        } finally {
            note(visit, product, type, rows, bytes, fields, List.of());
        }
    }

    @Override
    public EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller) {
        Visit visit = Visit.current();
        int limit = Math.clamp(selection.limit(), 1, QuestionReader.MOST_ENTITIES);
        int units = (limit + ENTITIES_OF_A_UNIT - 1) / ENTITIES_OF_A_UNIT;
        visit.charge(units + (selection.count() ? COUNT : 0));
        long bytes = 0;
        long rows = 0;
        try {
            EntityAnswer.Many answer = entities.list(product, type, selection, caller);
            rows = answer.items().size();
            for (byte[] item : answer.items()) {
                bytes += item.length;
            }
            return answer;
        } finally {
            note(visit, product, type, rows, bytes, selection.fields(), filters(selection));
        }
    }

    private static List<String> filters(Selection selection) {
        return selection.conditions().isEmpty()
                ? List.of()
                : selection.conditions().stream()
                        .map(Selection.Condition::field)
                        .distinct()
                        .toList();
    }

    private void note(
            Visit visit,
            DataProduct product,
            EntityType type,
            long rows,
            long bytes,
            @Nullable List<String> fields,
            List<String> filters) {
        visit.note(new EntityRead(
                product.name(),
                product.major(),
                type.name(),
                rows,
                bytes,
                classes.of(product, type, fields, visit.caller()),
                filters));
    }
}
