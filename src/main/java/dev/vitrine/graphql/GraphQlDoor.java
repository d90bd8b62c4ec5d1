package dev.vitrine.graphql;

import dev.vitrine.access.Caller;
import dev.vitrine.access.Callers;
import dev.vitrine.access.Grants;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.graphql.fetch.Reading;
import dev.vitrine.query.Entities;
import dev.vitrine.query.NotGranted;
import dev.vitrine.rest.ProductDoor;
import dev.vitrine.rest.problem.EntityTag;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import graphql.ExecutionResult;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// GraphQL over HTTP: 400 for what cannot be run, 200 for data, also where some of its fields could not be read.
/// What is wrong with the HTTP itself is answered as a problem.
final class GraphQlDoor implements ProductDoor {

    private static final String ALLOWED = "GET, HEAD, POST";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ExecutableProducts products;
    private final Entities entities;
    private final Grants grants;
    private final GraphQlSettings settings;
    private final InstantSource clock;

    GraphQlDoor(
            ExecutableProducts products,
            Entities entities,
            Grants grants,
            GraphQlSettings settings,
            InstantSource clock) {
        this.products = products;
        this.entities = entities;
        this.grants = grants;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "graphql";
    }

    @Override
    public void answer(DataProduct product, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean post = request.getMethod().equals("POST");
        if (!post && !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            throw notAllowed(
                    "%s is not allowed here; this address takes %s.".formatted(request.getMethod(), ALLOWED), ALLOWED);
        }
        if (request.getHeader("Min-Delta-Table-Version") != null) {
            throw new Refusal(
                    ProblemType.INVALID_REQUEST,
                    "Min-Delta-Table-Version is of one table, so GraphQL does not take it: read by REST, or look at extensions.tables.");
        }
        Caller caller = Callers.current();
        requireAnythingOpen(product, caller);
        AnswerType type = AnswerType.accepted(request);
        Reading reading = new Reading(product, entities, caller, clock.instant(), settings.maxTime());
        ExecutionResult result;
        try {
            GraphQlCall call = post ? GraphQlCall.ofBody(request) : GraphQlCall.ofAddress(request);
            result = run(products.of(product), call, reading, !post);
        } catch (CannotRun refusal) {
            send(response, type, refusal.status(type), AnswerBody.errors(List.of(refusal.fault())));
            return;
        } finally {
            reading.asked().tell(request);
        }
        Map<String, @Nullable Object> body = AnswerBody.of(result);
        if (!result.isDataPresent()) {
            send(response, type, type.refused(), body);
        } else if (post || changed(request, response, body)) {
            body.put("extensions", AnswerBody.extensions(reading.tables()));
            send(response, type, HttpServletResponse.SC_OK, body);
        }
    }

    private static ExecutionResult run(
            ExecutableProduct executable, GraphQlCall call, Reading reading, boolean queriesOnly) {
        String document = executable.document(call);
        if (queriesOnly && Operations.mutates(document, call.operationName())) {
            throw notAllowed("Only queries are answered to GET.", "POST");
        }
        return executable.run(document, call.operationName(), call.variables(), reading);
    }

    /// Whether the caller has not the answer already. The tag is over what was asked for, so that a commit which
    /// changes
    /// none of it leaves the tag as it is.
    private static boolean changed(
            HttpServletRequest request, HttpServletResponse response, Map<String, @Nullable Object> body) {
        String tag = EntityTag.set(response, JSON.writeValueAsBytes(body));
        if (EntityTag.matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return false;
        }
        return true;
    }

    private void requireAnythingOpen(DataProduct product, Caller caller) {
        Set<String> opening = new TreeSet<>();
        for (EntityType type : product.entities()) {
            if (!grants.of(product, type, caller).closed()) {
                return;
            }
            opening.addAll(grants.opening(product, type));
        }
        throw new NotGranted(opening);
    }

    private static Refusal notAllowed(String detail, String allowed) {
        return new Refusal(ProblemType.METHOD_NOT_ALLOWED, detail).with("Allow", allowed);
    }

    private static void send(
            HttpServletResponse response, AnswerType type, int status, Map<String, @Nullable Object> body)
            throws IOException {
        byte[] json = JSON.writeValueAsBytes(body);
        if (!response.containsHeader("ETag")) {
            response.setHeader("Cache-Control", "no-store");
        }
        response.setStatus(status);
        response.setContentType(type.header());
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
