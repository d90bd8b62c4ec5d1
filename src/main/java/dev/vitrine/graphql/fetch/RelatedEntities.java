package dev.vitrine.graphql.fetch;

import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.Relation;
import dev.vitrine.query.Selection;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// A page of the entities that point to an entity.
///
/// @param shape of the entities there
public record RelatedEntities(Relation relation, EntityShape shape, CollectionArguments arguments)
        implements DataFetcher<CompletableFuture<Connection>> {

    @Override
    public CompletableFuture<Connection> get(DataFetchingEnvironment environment) {
        Wanted wanted = Reading.of(environment.getGraphQlContext())
                .wanted(environment, () -> shape.ofConnection(environment.getSelectionSet()));
        Selection selection = arguments.read(environment.getArguments(), wanted.fields(), wanted.total());
        List<String> key = relation.from().stream()
                .map(path -> value(Objects.requireNonNull(environment.<Map<?, ?>>getSource()), path))
                .toList();
        return Loaders.edges(environment, relation, key, selection)
                .thenApply(edges -> new Connection(edges, selection.cursor() != null));
    }

    /// A part of the key is always there, and shown to everybody.
    private static String value(Map<?, ?> entity, FieldPath path) {
        Object value = entity;
        for (var step : path.steps()) {
            value = Objects.requireNonNull(((Map<?, ?>) value).get(step.name()));
        }
        return RelatedEntity.text(value);
    }
}
