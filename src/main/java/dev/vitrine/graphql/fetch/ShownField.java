package dev.vitrine.graphql.fetch;

import dev.vitrine.rest.problem.ProblemType;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A field of an entity, or of an object in it. What the caller may not see was left out by the query: the schema is
/// the
/// same for all callers, so the field is null then, with an error that says why.
///
/// @param name in the contract
public record ShownField(String name) implements LightDataFetcher<@Nullable Object> {

    @Override
    public @Nullable Object get(
            GraphQLFieldDefinition definition, Object source, Supplier<DataFetchingEnvironment> environment) {
        Map<?, ?> object = (Map<?, ?>) source;
        Object value = object.get(name);
        return value != null || object.containsKey(name) ? value : hidden(environment.get());
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
        return get(
                environment.getFieldDefinition(),
                Objects.requireNonNull(environment.<Object>getSource()),
                () -> environment);
    }

    static DataFetcherResult<Object> hidden(DataFetchingEnvironment environment) {
        return DataFetcherResult.newResult()
                .error(Faults.error(
                        environment, ProblemType.FORBIDDEN, "None of the token's scopes opens this field here."))
                .build();
    }
}
