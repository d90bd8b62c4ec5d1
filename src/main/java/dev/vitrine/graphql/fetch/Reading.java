package dev.vitrine.graphql.fetch;

import dev.vitrine.access.Caller;
import dev.vitrine.access.Visit;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Relation;
import dev.vitrine.query.AsOf;
import dev.vitrine.query.Entities;
import dev.vitrine.query.EntityAnswer;
import dev.vitrine.query.EntityEdges;
import dev.vitrine.query.Selection;
import dev.vitrine.rest.AskedEntities;
import dev.vitrine.rest.AskedEntities.Outcome;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import graphql.GraphQLContext;
import graphql.language.Field;
import graphql.schema.DataFetchingEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All that one request reads: of one product version, for one caller, within some time.
public final class Reading {

    private static final long VALUES_OF_A_UNIT = 1_000;

    private final DataProduct product;
    private final Entities entities;
    private final Caller caller;
    private final Instant now;
    private final Duration patience;
    private final long start = System.nanoTime();
    private final ReadTables tables = new ReadTables();
    private final Asked asked = new Asked();
    private final Map<List<Field>, Wanted> wanted = new ConcurrentHashMap<>();

    /// @param now when it begins
    /// @param patience after this time nothing more is read
    public Reading(DataProduct product, Entities entities, Caller caller, Instant now, Duration patience) {
        this.product = product;
        this.entities = entities;
        this.caller = caller;
        this.now = now;
        this.patience = patience;
    }

    /// The one that the request's context holds.
    public static Reading of(@Nullable GraphQLContext context) {
        return Objects.requireNonNull(Objects.requireNonNull(context).<Reading>get(Reading.class));
    }

    /// Which state of each entity collection was read; the older one, if it moved on meanwhile.
    public Map<String, AsOf> tables() {
        return tables.all();
    }

    /// Takes of the caller's plan what an answer of so many values costs beside its reads: a unit for each full
    /// thousand.
    ///
    /// @throws dev.vitrine.access.LimitExceeded if there is less left
    public void pay(long values) {
        long units = values / VALUES_OF_A_UNIT;
        if (units > 0) {
            Visit.current().charge(units);
        }
    }

    /// Refuses a collection whose planned end has come, as its address in REST does.
    void requireNotOver(EntityType type) {
        product.endOfLife(type).filter(end -> !now.isBefore(end)).ifPresent(end -> {
            throw new Refusal(
                    ProblemType.RETIRED, "%s of %s is gone since %s.".formatted(type.name(), product.address(), end));
        });
    }

    List<EntityAnswer> getAll(EntityType type, List<List<String>> keys, @Nullable List<String> fields) {
        return read(type, keys.size() == 1, () -> {
            List<EntityAnswer> answers = entities.getAll(product, type, keys, fields, List.of(), caller);
            answers.forEach(answer -> tables.note(type.name(), answer.asOf()));
            return answers;
        });
    }

    EntityEdges edges(EntityType type, Selection selection) {
        return read(type, false, () -> {
            EntityEdges edges = entities.edges(product, type, selection, caller);
            tables.note(type.name(), edges.asOf());
            return edges;
        });
    }

    List<EntityEdges> edges(Relation relation, List<List<String>> keys, Selection selection) {
        return read(relation.target(), false, () -> {
            List<EntityEdges> all = entities.edges(product, relation, keys, selection, caller);
            all.forEach(edges -> tables.note(relation.target().name(), edges.asOf()));
            return all;
        });
    }

    /// What was asked of which entities until now.
    public AskedEntities asked() {
        return asked.all();
    }

    private <T> T read(EntityType type, boolean oneByKey, Supplier<T> read) {
        try {
            requireTime();
            T found = read.get();
            asked.note(type.name(), Outcome.ANSWERED, oneByKey);
            return found;
        } catch (RuntimeException failure) {
            asked.note(type.name(), Faults.isOurs(failure) ? Outcome.FAILED : Outcome.REFUSED, oneByKey);
            throw failure;
        }
    }

    /// What is wanted of the value of a field, worked out once however many objects the field is on.
    Wanted wanted(DataFetchingEnvironment environment, Supplier<Wanted> work) {
        return wanted.computeIfAbsent(environment.getMergedField().getFields(), fields -> work.get());
    }

    private void requireTime() {
        if (System.nanoTime() - start > patience.toNanos()) {
            throw new TimeIsUp(patience);
        }
    }
}
