package dev.vitrine.graphql.fetch;

import dev.vitrine.contract.EntityType;
import dev.vitrine.query.Selection;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;

/// A page of an entity collection.
public record CollectionOf(EntityType type, EntityShape shape, CollectionArguments arguments)
        implements DataFetcher<Connection> {

    @Override
    public Connection get(DataFetchingEnvironment environment) {
        Wanted wanted = shape.ofConnection(environment.getSelectionSet());
        Selection selection = arguments.read(environment.getArguments(), wanted.fields(), wanted.total());
        return new Connection(
                Reading.of(environment.getGraphQlContext()).edges(type, selection), selection.cursor() != null);
    }
}
