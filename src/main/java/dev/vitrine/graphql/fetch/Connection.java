package dev.vitrine.graphql.fetch;

import dev.vitrine.query.EntityEdges;
import dev.vitrine.query.EntityEdges.Edge;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A page as Relay's connections have it.
///
/// @param continued whether it begins behind a cursor
public record Connection(EntityEdges page, boolean continued) {

    /// Fields of the connection and its page info, by what they are made of; the fields of its edges.
    public static final DataFetcher<?> EDGES = of(Connection.class, connection -> connection.page.edges());

    public static final DataFetcher<?> TOTAL_COUNT = of(Connection.class, connection -> connection.page.total());
    public static final DataFetcher<?> PAGE_INFO = of(Connection.class, connection -> connection);
    public static final DataFetcher<?> HAS_NEXT_PAGE = of(Connection.class, connection -> connection.page.more());
    public static final DataFetcher<?> HAS_PREVIOUS_PAGE = of(Connection.class, Connection::continued);
    public static final DataFetcher<?> START_CURSOR = of(Connection.class, connection -> {
        List<Edge> edges = connection.page.edges();
        return edges.isEmpty() ? null : edges.getFirst().cursor().get();
    });
    public static final DataFetcher<?> END_CURSOR = of(Connection.class, connection -> {
        List<Edge> edges = connection.page.edges();
        return edges.isEmpty() ? null : edges.getLast().cursor().get();
    });
    public static final DataFetcher<?> NODE = of(Edge.class, edge -> Json.entity(edge.json()));
    public static final DataFetcher<?> CURSOR =
            of(Edge.class, edge -> edge.cursor().get());

    private static <S> DataFetcher<?> of(Class<S> source, Function<S, @Nullable Object> value) {
        return new Part<>(source, value);
    }

    private record Part<S>(Class<S> type, Function<S, @Nullable Object> value)
            implements LightDataFetcher<@Nullable Object> {

        @Override
        public @Nullable Object get(
                GraphQLFieldDefinition definition, Object source, Supplier<DataFetchingEnvironment> environment) {
            return value.apply(type.cast(source));
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) {
            return value.apply(type.cast(Objects.requireNonNull(environment.<Object>getSource())));
        }
    }
}
