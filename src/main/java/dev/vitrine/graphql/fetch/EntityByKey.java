package dev.vitrine.graphql.fetch;

import dev.vitrine.contract.EntityType;
import dev.vitrine.query.EntityAnswer;
import dev.vitrine.rest.problem.ProblemType;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The one entity that the arguments name.
///
/// @param arguments names of the arguments, one a key field
public record EntityByKey(EntityType type, EntityShape shape, List<String> arguments) implements DataFetcher<Object> {

    @Override
    public CompletableFuture<DataFetcherResult<Object>> get(DataFetchingEnvironment environment) {
        Reading.of(environment.getGraphQlContext()).requireNotOver(type);
        List<String> key = arguments.stream()
                .map(name -> String.valueOf(environment.<Object>getArgument(name)))
                .toList();
        return entity(environment, type, shape, key);
    }

    /// Null if there is none that the caller may see.
    static CompletableFuture<DataFetcherResult<Object>> entity(
            DataFetchingEnvironment environment, EntityType type, EntityShape shape, List<String> key) {
        Wanted wanted = Reading.of(environment.getGraphQlContext())
                .wanted(environment, () -> shape.ofEntity(environment.getSelectionSet()));
        return Loaders.entity(environment, type, key, wanted.fields()).thenApply(answer -> shown(answer, environment));
    }

    private static DataFetcherResult<Object> shown(EntityAnswer answer, DataFetchingEnvironment environment) {
        DataFetcherResult.Builder<Object> result = DataFetcherResult.newResult();
        return switch (answer) {
            case EntityAnswer.One one -> result.data(Json.entity(one.json())).build();
            case EntityAnswer.None none -> result.build();
            case EntityAnswer.Withheld withheld ->
                result.error(Faults.error(
                                environment,
                                ProblemType.WITHHELD,
                                "There is a row with this key, but its content breaks the contract."))
                        .build();
            case EntityAnswer.Many many -> throw new IllegalStateException("a page came as the answer for one key");
        };
    }
}
