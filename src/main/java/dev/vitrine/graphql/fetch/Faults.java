package dev.vitrine.graphql.fetch;

import dev.vitrine.access.LimitExceeded;
import dev.vitrine.query.BudgetSpent;
import dev.vitrine.query.CursorExpired;
import dev.vitrine.query.EntitiesUnavailable;
import dev.vitrine.query.InvalidQuery;
import dev.vitrine.query.InvalidQuery.Fault;
import dev.vitrine.query.NotGranted;
import dev.vitrine.query.QueryTooExpensive;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Field errors, with the codes of the problems that REST answers in the same case.
public final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private Faults() {}

    /// The error of a field that could not be read.
    public static GraphQLError of(Throwable failure, DataFetchingEnvironment environment) {
        return switch (failure) {
            case NotGranted refused ->
                error(
                        environment,
                        ProblemType.FORBIDDEN,
                        "The token " + refused.getMessage() + ".",
                        Map.of("scopes", refused.scopes().stream().sorted().toList()));
            case InvalidQuery invalid -> {
                List<Fault> faults =
                        invalid.faults().stream().map(Faults::inWordsOfGraphQl).toList();
                String message = faults.size() == 1
                        ? faults.getFirst().parameter() + ": "
                                + faults.getFirst().detail()
                        : faults.size() + " arguments are wrong; see errors.";
                yield error(environment, ProblemType.INVALID_REQUEST, message, Map.of("errors", faults));
            }
            case LimitExceeded exceeded ->
                error(
                        environment,
                        ProblemType.QUOTA_EXCEEDED,
                        Refusal.of(exceeded).getMessage(),
                        Map.of("violated-policies", exceeded.policies(), "retryAfter", exceeded.retryAfterSeconds()));
            case BudgetSpent spent ->
                error(
                        environment,
                        ProblemType.BUDGET_SPENT,
                        spent.getMessage() + ".",
                        Map.of("retryAfter", spent.retryAfterSeconds()));
            case QueryTooExpensive stopped -> error(environment, ProblemType.QUERY_TOO_EXPENSIVE, stopped.getMessage());
            case TimeIsUp late -> error(environment, ProblemType.QUERY_TOO_EXPENSIVE, late.getMessage());
            case Refusal refusal -> error(environment, refusal.type(), refusal.detail());
            case CursorExpired expired -> error(environment, ProblemType.CURSOR_EXPIRED, expired.getMessage() + ".");
            case EntitiesUnavailable unavailable ->
                error(environment, ProblemType.UNAVAILABLE, unavailable.getMessage());
            default -> {
                LOG.error(
                        "GraphQL: {} failed", environment.getExecutionStepInfo().getPath(), failure);
                yield error(environment, ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.explanation());
            }
        };
    }

    /// Whether the caller can do nothing about it.
    static boolean isOurs(Throwable failure) {
        return switch (failure) {
            case NotGranted refused -> false;
            case InvalidQuery invalid -> false;
            case LimitExceeded exceeded -> false;
            case BudgetSpent spent -> false;
            case QueryTooExpensive stopped -> false;
            case TimeIsUp late -> false;
            case CursorExpired expired -> false;
            default -> true;
        };
    }

    static GraphQLError error(DataFetchingEnvironment environment, ProblemType type, @Nullable String message) {
        return error(environment, type, message, Map.of());
    }

    private static GraphQLError error(
            DataFetchingEnvironment environment, ProblemType type, @Nullable String message, Map<String, ?> more) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", type.slug());
        extensions.putAll(more);
        return GraphqlErrorBuilder.newError(environment)
                .message("%s", message)
                .extensions(extensions)
                .build();
    }

    /// What REST calls cursor is `after` here.
    private static Fault inWordsOfGraphQl(Fault fault) {
        return fault.parameter().equals("cursor")
                ? new Fault(
                        "after",
                        fault.code(),
                        "this cursor does not belong to this connection: pass endCursor on as it was given, with the same"
                                + " filter, sort and scopes, or start again without after")
                : fault;
    }
}
