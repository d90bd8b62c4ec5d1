package dev.vitrine.rest;

import dev.vitrine.access.LimitExceeded;
import dev.vitrine.query.BudgetSpent;
import dev.vitrine.query.CursorExpired;
import dev.vitrine.query.EntitiesUnavailable;
import dev.vitrine.query.InvalidQuery;
import dev.vitrine.query.NotGranted;
import dev.vitrine.query.QueryTooExpensive;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Problems;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpRequestHandler;

/// Everything below `/api/`: OpenAPI documents, data and the other doors, with every failure answered as a problem.
final class ApiDoor implements HttpRequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ApiDoor.class);
    private static final String RETRY_SECONDS = "10";

    private final ProductDoors others;
    private final DataDoor data;
    private final DocumentDoor documents;
    private final Problems problems;

    ApiDoor(ProductDoors others, DataDoor data, DocumentDoor documents, Problems problems) {
        this.others = others;
        this.data = data;
        this.documents = documents;
        this.problems = problems;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (!others.answered(request, response) && !documents.answered(request, response)) {
                data.answer(request, response);
            }
        } catch (RuntimeException failure) {
            Refusal refusal = refusal(failure);
            if (refusal.type() == ProblemType.INTERNAL_ERROR || response.isCommitted()) {
                LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
            }
            if (response.isCommitted()) {
                // An answer that merely ended would look like a whole one.
                throw CutOff.because(failure, request);
            }
            problems.write(request, response, refusal);
        }
    }

    private static Refusal refusal(RuntimeException failure) {
        return switch (failure) {
            case Refusal refusal -> refusal;
            case InvalidQuery invalid -> DataDoor.invalid(DataDoor.errors(invalid));
            case NotGranted refused -> forbidden(refused);
            case LimitExceeded exceeded -> Refusal.of(exceeded);
            case QueryTooExpensive stopped -> new Refusal(ProblemType.QUERY_TOO_EXPENSIVE, message(stopped));
            case CursorExpired expired -> new Refusal(ProblemType.CURSOR_EXPIRED, message(expired) + ".");
            case BudgetSpent spent ->
                new Refusal(ProblemType.BUDGET_SPENT, message(spent) + ".")
                        .with("Retry-After", Long.toString(spent.retryAfterSeconds()));
            case EntitiesUnavailable unavailable ->
                new Refusal(ProblemType.UNAVAILABLE, message(unavailable)).with("Retry-After", RETRY_SECONDS);
            default -> new Refusal(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.explanation());
        };
    }

    private static Refusal forbidden(NotGranted refused) {
        String scopes = String.join(" ", refused.scopes().stream().sorted().toList());
        return new Refusal(ProblemType.FORBIDDEN, "The token " + message(refused) + ".")
                .with("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scopes + '"');
    }

    private static String message(Exception exception) {
        return String.valueOf(exception.getMessage());
    }
}
