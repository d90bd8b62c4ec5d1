package dev.vitrine.query;

import dev.vitrine.access.Caller;
import dev.vitrine.access.EntityRead;
import dev.vitrine.access.Grants;
import dev.vitrine.access.Visit;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Relation;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes the cost of every read from what the caller's plan leaves, before it is done, and notes the read for the
/// audit:
/// whichever door asks, and however many reads one request makes. A unit pays for twenty entities that are asked for,
/// an
/// exact count costs five.
///
/// Its methods throw [LimitExceeded] beside what [Entities] says, and are called while a [Visit] is under way.
final class CountedEntities implements Entities {

    private static final int COUNT = 5;

    private final Entities entities;
    private final ShownClasses classes;

    CountedEntities(Entities entities, Grants grants) {
        this.entities = entities;
        this.classes = new ShownClasses(grants);
    }

    /// A read, to be noted whatever comes of it.
    private final class Counted {

        private final Visit visit = Visit.current();
        private final DataProduct product;
        private final EntityType type;
        private final @Nullable List<String> fields;
        private final List<String> filters;
        private long rows;
        private long bytes;

        Counted(DataProduct product, EntityType type, @Nullable List<String> fields, List<String> filters) {
            this.product = product;
            this.type = type;
            this.fields = fields;
            this.filters = filters;
        }

        /// @param units that it costs
        <T> T made(long units, Supplier<T> read) {
            visit.charge(units);
            try {
                return read.get();
            } finally {
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

        <T extends EntityAnswer> T showing(T answer) {
            switch (answer) {
                case EntityAnswer.One one -> show(one.json());
                case EntityAnswer.Many many -> many.items().forEach(this::show);
                case EntityAnswer.None none -> {}
                case EntityAnswer.Withheld withheld -> {}
            }
            return answer;
        }

        EntityEdges showing(EntityEdges answer) {
            answer.edges().forEach(edge -> show(edge.json()));
            return answer;
        }

        private void show(byte[] json) {
            rows++;
            bytes += json.length;
        }
    }

    @Override
    public EntityAnswer get(
            DataProduct product,
            EntityType type,
            List<String> key,
            @Nullable List<String> fields,
            List<String> expand,
            Caller caller) {
        Counted counted = new Counted(product, type, fields, List.of());
        return counted.made(1, () -> counted.showing(entities.get(product, type, key, fields, expand, caller)));
    }

    @Override
    public List<EntityAnswer> getAll(
            DataProduct product,
            EntityType type,
            List<List<String>> keys,
            @Nullable List<String> fields,
            List<String> expand,
            Caller caller) {
        Counted counted = new Counted(product, type, fields, List.of());
        return counted.made(Toll.units(keys.size()), () -> {
            List<EntityAnswer> answers = entities.getAll(product, type, keys, fields, expand, caller);
            answers.forEach(counted::showing);
            return answers;
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
        long units = relation.toMany() ? keys.size() * units(selection) : Toll.units(keys.size());
        Counted counted = new Counted(product, relation.target(), selection.fields(), filters(selection));
        return counted.made(units, () -> {
            List<EntityAnswer> answers = entities.related(product, type, keys, relation, selection, caller);
            answers.forEach(counted::showing);
            return answers;
        });
    }

    @Override
    public EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller) {
        Counted counted = new Counted(product, type, selection.fields(), filters(selection));
        return counted.made(units(selection), () -> counted.showing(entities.list(product, type, selection, caller)));
    }

    @Override
    public EntityEdges edges(DataProduct product, EntityType type, Selection selection, Caller caller) {
        Counted counted = new Counted(product, type, selection.fields(), filters(selection));
        return counted.made(units(selection), () -> counted.showing(entities.edges(product, type, selection, caller)));
    }

    @Override
    public List<EntityEdges> edges(
            DataProduct product, Relation relation, List<List<String>> keys, Selection selection, Caller caller) {
        Counted counted = new Counted(product, relation.target(), selection.fields(), filters(selection));
        return counted.made(keys.size() * units(selection), () -> {
            List<EntityEdges> answers = entities.edges(product, relation, keys, selection, caller);
            answers.forEach(counted::showing);
            return answers;
        });
    }

    @Override
    public AsOf served(DataProduct product, EntityType type, Caller caller) {
        return entities.served(product, type, caller);
    }

    @Override
    public List<String> visible(DataProduct product, EntityType type, Caller caller) {
        return entities.visible(product, type, caller);
    }

    /// Of one page.
    private static long units(Selection selection) {
        return selection.units() + (selection.count() ? COUNT : 0);
    }

    private static List<String> filters(Selection selection) {
        return selection.conditions().isEmpty()
                ? List.of()
                : selection.conditions().stream()
                        .map(Selection.Condition::field)
                        .distinct()
                        .toList();
    }
}
