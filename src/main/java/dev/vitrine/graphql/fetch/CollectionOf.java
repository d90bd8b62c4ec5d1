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
        Reading reading = Reading.of(environment.getGraphQlContext());
        reading.requireNotOver(type);
        Wanted wanted = shape.ofConnection(environment.getSelectionSet());
        Selection selection = arguments.read(environment.getArguments(), wanted.fields(), wanted.total());
        return new Connection(reading.edges(type, selection), selection.cursor() != null);
    }
}
