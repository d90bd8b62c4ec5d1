package dev.vitrine.graphql;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.ScalarValues;
import dev.vitrine.query.AsOf;
import dev.vitrine.rest.problem.ProblemType;
import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A GraphQL response as a map of JSON; every error carries the code of a problem.
final class AnswerBody {

    private static final FieldType.Scalar TIMESTAMP = new FieldType.TimestampType();

    private AnswerBody() {}

    /// Errors and data, in that order, so that a reader of a long answer sees the errors first.
    static Map<String, @Nullable Object> of(ExecutionResult result) {
        Map<String, @Nullable Object> body = errors(result.getErrors());
        if (result.isDataPresent()) {
            body.put("data", result.getData());
        }
        return body;
    }

    static Map<String, @Nullable Object> errors(List<? extends GraphQLError> errors) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        if (!errors.isEmpty()) {
            body.put("errors", errors.stream().map(AnswerBody::error).toList());
        }
        return body;
    }

    /// Which state of which entity collection was read: what REST says in headers.
    static Map<String, Object> extensions(Map<String, AsOf> tables) {
        Map<String, Object> byEntity = new LinkedHashMap<>();
        tables.forEach((entity, asOf) -> {
            Map<String, Object> state = new LinkedHashMap<>();
            state.put("deltaTableVersion", asOf.revision().version());
            state.put("dataAsOf", ScalarValues.format(TIMESTAMP, asOf.revision().commitTime()));
            Long divergedSince = asOf.divergedSince();
            if (divergedSince != null) {
                state.put("deltaTableDivergedSince", divergedSince);
            }
            byEntity.put(entity, state);
        });
        return Map.of("tables", byEntity);
    }

    private static Map<String, Object> error(GraphQLError error) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("message", String.valueOf(error.getMessage()));
        List<SourceLocation> locations = error.getLocations();
        if (locations != null && !locations.isEmpty()) {
            map.put(
                    "locations",
                    locations.stream()
                            .map(at -> Map.of("line", at.getLine(), "column", at.getColumn()))
                            .toList());
        }
        if (error.getPath() != null) {
            map.put("path", error.getPath());
        }
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code(error).slug());
        if (error.getExtensions() != null) {
            extensions.putAll(error.getExtensions());
        }
        map.put("extensions", extensions);
        return map;
    }

    /// Of an error that the library found.
    private static ProblemType code(GraphQLError error) {
        if (error.getErrorType() == ErrorType.InvalidSyntax) {
            return ProblemType.MALFORMED_REQUEST;
        }
        if (error.getErrorType() == ErrorType.ExecutionAborted
                || error.getErrorType().toString().contains("BadFaithIntrospection")) {
            return ProblemType.QUERY_TOO_COMPLEX;
        }
        return error.getPath() == null ? ProblemType.INVALID_REQUEST : ProblemType.INTERNAL_ERROR;
    }
}
