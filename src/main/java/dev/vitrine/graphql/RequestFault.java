package dev.vitrine.graphql;

import dev.vitrine.rest.problem.ProblemType;
import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import java.util.List;
import java.util.Map;

/// Why a request cannot be run, with the code of a problem.
record RequestFault(ProblemType type, String text) implements GraphQLError {

    @Override
    public String getMessage() {
        return text;
    }

    @Override
    public List<SourceLocation> getLocations() {
        return List.of();
    }

    @Override
    public ErrorClassification getErrorType() {
        return ErrorType.ExecutionAborted;
    }

    @Override
    public Map<String, Object> getExtensions() {
        return Map.of("code", type.slug());
    }
}
