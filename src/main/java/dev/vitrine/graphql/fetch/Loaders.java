package dev.vitrine.graphql.fetch;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Relation;
import dev.vitrine.query.EntityAnswer;
import dev.vitrine.query.EntityEdges;
import dev.vitrine.query.Selection;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.dataloader.Try;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.graphql.execution.DefaultBatchLoaderRegistry;
import reactor.core.publisher.Flux;

/// Gathers what the objects of one level ask for, so that it is read at once: one read for all of a relation, however
/// many objects it starts from. Threads may share it.
public final class Loaders {

    private static final String ENTITIES = "entities";
    private static final String EDGES = "edges";

    private Loaders() {}

    /// An entity by its key, as a request wants it.
    private record OneOf(
            ByIdentity<EntityType> type, @Nullable List<String> fields) {}

    /// Pages of what a relation to many leads to, as a request wants them.
    private record PagesOf(ByIdentity<Relation> relation, Selection selection) {}

    /// Compared by identity, as what it stands for is large and always the same object.
    private record ByIdentity<T>(T value) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ByIdentity<?> same && same.value == value;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(value);
        }
    }

    /// What one object asks for: a key of a group that is read at once.
    private record Asked<G>(G group, List<String> key) {}

    /// The loaders that the fetchers below use.
    public static BatchLoaderRegistry registry() {
        BatchLoaderRegistry registry = new DefaultBatchLoaderRegistry();
        registry.<Asked<OneOf>, Object>forName(ENTITIES).registerBatchLoader((asked, environment) -> {
            Reading reading = Reading.of(environment.getContext());
            return inGroups(asked, (group, keys) -> reading.getAll(group.type().value(), keys, group.fields()));
        });
        registry.<Asked<PagesOf>, Object>forName(EDGES).registerBatchLoader((asked, environment) -> {
            Reading reading = Reading.of(environment.getContext());
            return inGroups(
                    asked, (group, keys) -> reading.edges(group.relation().value(), keys, group.selection()));
        });
        return registry;
    }

    static CompletableFuture<EntityAnswer> entity(
            DataFetchingEnvironment environment, EntityType type, List<String> key, @Nullable List<String> fields) {
        Asked<OneOf> asked = new Asked<>(new OneOf(new ByIdentity<>(type), fields), key);
        return load(environment, ENTITIES, asked);
    }

    static CompletableFuture<EntityEdges> edges(
            DataFetchingEnvironment environment, Relation relation, List<String> key, Selection selection) {
        Asked<PagesOf> asked = new Asked<>(new PagesOf(new ByIdentity<>(relation), selection), key);
        return load(environment, EDGES, asked);
    }

    private static <V> CompletableFuture<V> load(DataFetchingEnvironment environment, String loader, Object asked) {
        return Objects.requireNonNull(environment.<Object, V>getDataLoader(loader))
                .load(asked);
    }

    private interface Read<G> {
        List<?> all(G group, List<List<String>> keys);
    }

    /// One read a group; the failure of one is none of the others.
    private static <G> Flux<Object> inGroups(List<Asked<G>> asked, Read<G> read) {
        Map<G, List<List<String>>> keys = new LinkedHashMap<>();
        asked.forEach(one ->
                keys.computeIfAbsent(one.group(), group -> new ArrayList<>()).add(one.key()));
        Map<Asked<G>, Object> found = new HashMap<>();
        keys.forEach((group, all) -> {
            Function<Integer, Object> value;
            try {
                List<?> values = read.all(group, all);
                value = index -> Try.succeeded(values.get(index));
            } catch (RuntimeException failure) {
                value = index -> Try.failed(failure);
            }
            for (int i = 0; i < all.size(); i++) {
                found.put(new Asked<>(group, all.get(i)), value.apply(i));
            }
        });
        return Flux.fromStream(asked.stream().map(found::get));
    }
}
