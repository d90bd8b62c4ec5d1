package dev.vitrine.rest;

import dev.vitrine.access.LimitExceeded;
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

/// Everything below `/api/`: OpenAPI documents and data, with every failure answered as a problem.
final class ApiDoor implements HttpRequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ApiDoor.class);
    private static final String RETRY_SECONDS = "10";

    private final DataDoor data;
    private final DocumentDoor documents;
    private final Problems problems;

    ApiDoor(DataDoor data, DocumentDoor documents, Problems problems) {
        this.data = data;
        this.documents = documents;
        this.problems = problems;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            requireReading(request);
            if (!documents.answered(request, response)) {
                data.answer(request, response);
            }
        } catch (Refusal refusal) {
            problems.write(request, response, refusal);
        } catch (InvalidQuery invalid) {
            problems.write(request, response, DataDoor.invalid(DataDoor.errors(invalid)));
        } catch (NotGranted refused) {
            problems.write(request, response, forbidden(refused));
        } catch (LimitExceeded exceeded) {
            problems.write(request, response, Refusal.of(exceeded));
        } catch (QueryTooExpensive stopped) {
            problems.write(request, response, new Refusal(ProblemType.QUERY_TOO_EXPENSIVE, message(stopped)));
        } catch (CursorExpired expired) {
            problems.write(request, response, new Refusal(ProblemType.CURSOR_EXPIRED, message(expired) + "."));
        } catch (EntitiesUnavailable unavailable) {
            problems.write(
                    request,
                    response,
                    new Refusal(ProblemType.UNAVAILABLE, message(unavailable)).with("Retry-After", RETRY_SECONDS));
        } catch (RuntimeException failure) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
            problems.write(
                    request,
                    response,
                    new Refusal(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.explanation()));
        }
    }

    private static void requireReading(HttpServletRequest request) {
        String method = request.getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new Refusal(
                            ProblemType.METHOD_NOT_ALLOWED,
                            "%s is not allowed here; data products are read with GET and HEAD.".formatted(method))
                    .with("Allow", "GET, HEAD");
        }
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
