package dev.vitrine.rest.openapi;

import static dev.vitrine.rest.openapi.EntitySchemas.of;
import static dev.vitrine.rest.openapi.EntitySchemas.reference;

import dev.vitrine.rest.problem.ProblemType;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// The answers and headers that all operations share.
final class SharedAnswers {

    private SharedAnswers() {}

    /// A group of problem types with one status.
    enum Failure {
        BAD_REQUEST("BadRequest", ProblemType.INVALID_REQUEST, ProblemType.MALFORMED_REQUEST),
        UNAUTHORIZED("Unauthorized", ProblemType.UNAUTHENTICATED),
        FORBIDDEN("Forbidden", ProblemType.FORBIDDEN),
        NOT_FOUND(
                "NotFound",
                ProblemType.UNKNOWN_KEY,
                ProblemType.WITHHELD,
                ProblemType.UNKNOWN_RELATION,
                ProblemType.UNKNOWN_ENTITY,
                ProblemType.UNKNOWN_VERSION,
                ProblemType.UNKNOWN_PRODUCT),
        METHOD_NOT_ALLOWED("MethodNotAllowed", ProblemType.METHOD_NOT_ALLOWED),
        NOT_ACCEPTABLE("NotAcceptable", ProblemType.NOT_ACCEPTABLE),
        GONE("Gone", ProblemType.RETIRED, ProblemType.CURSOR_EXPIRED),
        REQUEST_TOO_LARGE("RequestTooLarge", ProblemType.REQUEST_TOO_LARGE),
        UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", ProblemType.UNSUPPORTED_MEDIA_TYPE),
        TOO_EXPENSIVE("TooExpensive", ProblemType.QUERY_TOO_EXPENSIVE),
        TOO_MANY_REQUESTS("TooManyRequests", ProblemType.QUOTA_EXCEEDED, ProblemType.BUDGET_SPENT),
        INTERNAL_ERROR("InternalError", ProblemType.INTERNAL_ERROR),
        UNAVAILABLE(
                "Unavailable",
                ProblemType.UNAVAILABLE,
                ProblemType.VERSION_NOT_APPLIED,
                ProblemType.TOKENS_UNVERIFIABLE);

        private final String componentName;
        private final List<ProblemType> types;

        Failure(String componentName, ProblemType... types) {
            this.componentName = componentName;
            this.types = List.of(types);
        }

        String componentName() {
            return componentName;
        }

        String status() {
            return Integer.toString(types.getFirst().status().value());
        }

        /// Only where a body is sent.
        boolean ofBodies() {
            return this == REQUEST_TOO_LARGE || this == UNSUPPORTED_MEDIA_TYPE;
        }
    }

    static void addTo(Components components) {
        components.addSchemas("Problem", problem());
        components.addSchemas("ProblemError", error());
        HEADERS.forEach(components::addHeaders);
        ApiResponse notModified =
                new ApiResponse().description("The caller has these bytes already: `If-None-Match` named their ETag.");
        stateHeaders(notModified);
        components.addResponses("NotModified", notModified);
        for (Failure failure : Failure.values()) {
            components.addResponses(failure.componentName(), answer(failure));
        }
    }

    /// The answers to a request for one entity.
    static ApiResponses one(String schema) {
        return reading(json("The entity.", schema));
    }

    /// The answers to a request for a page, or for all as lines.
    static ApiResponses page(String schema) {
        ApiResponse page = json("A page, or everything as lines or CSV.", schema);
        page.getContent()
                .addMediaType(
                        "application/jsonl",
                        new MediaType().schema(of("string").description("One JSON object a line.")))
                .addMediaType(
                        "text/csv",
                        new MediaType()
                                .schema(
                                        of("string")
                                                .description(
                                                        "A header and one line an entity (RFC 4180). Fields of objects have a column each; lists and maps stand in theirs as JSON. An absent value is an empty cell, an empty text `\"\"`.")));
        header(page, "Total-Count");
        return reading(page);
    }

    /// The answers to a request for many entities by their keys.
    static ApiResponses batch(String schema) {
        ApiResponse answer = json("One answer per key.", schema);
        answer.getHeaders().remove("ETag");
        return failing(new ApiResponses().addApiResponse("200", answer), true);
    }

    private static ApiResponses reading(ApiResponse ok) {
        return failing(
                new ApiResponses().addApiResponse("200", ok).addApiResponse("304", response("NotModified")), false);
    }

    private static ApiResponses failing(ApiResponses responses, boolean body) {
        for (Failure failure : Failure.values()) {
            if (body || !failure.ofBodies()) {
                responses.addApiResponse(failure.status(), response(failure.componentName()));
            }
        }
        return responses;
    }

    private static ApiResponse response(String component) {
        return new ApiResponse().$ref("#/components/responses/" + component);
    }

    private static ApiResponse json(String description, String schema) {
        ApiResponse response = new ApiResponse()
                .description(description)
                .content(new Content().addMediaType("application/json", new MediaType().schema(reference(schema))));
        stateHeaders(response);
        return response;
    }

    private static final Map<String, Header> HEADERS = headers();

    private static Map<String, Header> headers() {
        Map<String, Header> headers = new LinkedHashMap<>();
        headers.put(
                "Delta-Table-Version",
                header(
                                "The last version of the gold table that the answer shows whole.",
                                of("integer").format("int64"))
                        .required(true));
        headers.put(
                "Data-As-Of",
                header("When that version was committed.", of("string").format("date-time"))
                        .required(true));
        headers.put(
                "Age",
                header(
                        "How many seconds ago this was known to be the newest state; only while the store is out of reach.",
                        of("integer")));
        headers.put(
                "Delta-Table-Diverged-Since",
                header(
                        "The first version of the gold table that was left out, because it was rejected; absent if nothing was.",
                        of("integer").format("int64")));
        headers.put("ETag", header("Weak tag of the body, for `If-None-Match`.", of("string")));
        headers.put(
                "Link",
                header(
                        "`rel=\"next\"`: the following page, if there is one; `rel=\"successor-version\"`: the newest version, if this one ends.",
                        of("string")));
        headers.put(
                "Total-Count",
                header(
                        "How many entities the filters select; only for `Prefer: count=exact`.",
                        of("integer").format("int64")));
        headers.put("Preference-Applied", header("The preference that was followed.", of("string")));
        headers.put("WWW-Authenticate", header("What the token lacks (RFC 6750).", of("string")));
        headers.put(
                "RateLimit-Policy",
                header(
                        "What the caller's plan allows: by name the quota `q` of units in `w` seconds, or of requests at the same time. A request takes a unit; a page one for each 20 entities of its limit, a batch and an expansion one for each 20 keys they look up, an exact count five more.",
                        of("string")));
        headers.put(
                "RateLimit",
                header("What is left of it: `r` units, and all of them again in `t` seconds.", of("string")));
        headers.put("Retry-After", header("Seconds after which to try again.", of("integer")));
        headers.put(
                "Deprecation",
                header("From when on the version is deprecated (RFC 9745), where the contract says so.", of("string")));
        headers.put(
                "Sunset",
                header("From when on the version is gone (RFC 8594), where the contract says so.", of("string")));
        headers.put("Allow", header("The methods that are allowed.", of("string")));
        return headers;
    }

    private static ApiResponse answer(Failure failure) {
        String description = failure.types.stream()
                .map(type -> "`%s`: %s.".formatted(type.slug(), type.title()))
                .collect(Collectors.joining("\n"));
        ApiResponse response = new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType()
                                        .schema(reference("Problem"))
                                        .example(example(failure.types.getFirst()))));
        if (failure != Failure.UNAUTHORIZED) {
            limitHeaders(response);
        }
        if (failure != Failure.UNAUTHORIZED && failure != Failure.METHOD_NOT_ALLOWED) {
            alwaysPossible(response);
        }
        switch (failure) {
            case NOT_FOUND -> {
                optional(response, "Delta-Table-Version");
                optional(response, "Data-As-Of");
                header(response, "Age");
                header(response, "Delta-Table-Diverged-Since");
                header(response, "ETag");
            }
            case UNAUTHORIZED, FORBIDDEN -> header(response, "WWW-Authenticate");
            case UNAVAILABLE -> {
                header(response, "Retry-After");
                optional(response, "Delta-Table-Version");
                optional(response, "Data-As-Of");
                header(response, "Age");
                header(response, "Delta-Table-Diverged-Since");
            }
            case TOO_MANY_REQUESTS -> header(response, "Retry-After");
            case METHOD_NOT_ALLOWED -> header(response, "Allow");
            case GONE,
                    BAD_REQUEST,
                    NOT_ACCEPTABLE,
                    REQUEST_TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE,
                    TOO_EXPENSIVE,
                    INTERNAL_ERROR -> {}
        }
        return response;
    }

    private static Map<String, Object> example(ProblemType type) {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", type.uri(""));
        example.put("title", type.title());
        example.put("status", type.status().value());
        example.put("detail", type.explanation());
        example.put("code", type.slug());
        return example;
    }

    private static Schema<?> problem() {
        Schema<?> problem = of("object");
        problem.description("What went wrong (RFC 9457).");
        problem.addProperty(
                "type", of("string").format("uri-reference").description("Where the kind of problem is explained."));
        problem.addProperty("title", of("string").description("The kind of problem in a few words."));
        problem.addProperty("status", of("integer").format("int32").description("The HTTP status."));
        problem.addProperty("detail", of("string").description("What happened in this request, why, and what to do."));
        problem.addProperty(
                "instance", of("string").format("uri-reference").description("The address that was asked for."));
        problem.addProperty("code", codes());
        problem.addProperty(
                "errors",
                of("array").items(reference("ProblemError")).description("Everything that is wrong with the request."));
        problem.addProperty(
                "violated-policies",
                of("array")
                        .items(of("string"))
                        .description("The limits that are reached, by the names in `RateLimit-Policy`."));
        problem.setRequired(List.of("type", "title", "status", "detail", "code"));
        return problem;
    }

    private static Schema<?> codes() {
        List<String> slugs =
                Arrays.stream(ProblemType.values()).map(ProblemType::slug).toList();
        return of("string").description("The kind of problem, for programs; one of: " + String.join(", ", slugs) + ".");
    }

    private static Schema<?> error() {
        Schema<?> error = of("object");
        error.description("One thing that is wrong with a request.");
        error.addProperty("parameter", of("string").description("As the caller wrote it."));
        error.addProperty("code", of("string").description("For programs, such as `unknown-field`."));
        error.addProperty("detail", of("string").description("What is wrong and what is allowed."));
        error.setRequired(List.of("parameter", "code", "detail"));
        return error;
    }

    private static Header header(String description, Schema<?> schema) {
        return new Header().description(description).schema(schema);
    }

    private static void stateHeaders(ApiResponse response) {
        header(response, "Delta-Table-Version");
        header(response, "Data-As-Of");
        header(response, "Age");
        header(response, "Delta-Table-Diverged-Since");
        header(response, "ETag");
        limitHeaders(response);
        alwaysPossible(response);
    }

    /// What is said before it is known how the answer turns out.
    private static void alwaysPossible(ApiResponse response) {
        header(response, "Preference-Applied");
        header(response, "Deprecation");
        header(response, "Sunset");
        header(response, "Link");
    }

    private static void limitHeaders(ApiResponse response) {
        header(response, "RateLimit-Policy");
        header(response, "RateLimit");
    }

    /// Where it is not in every such answer.
    private static void optional(ApiResponse response, String name) {
        Header always = Objects.requireNonNull(HEADERS.get(name));
        response.addHeaderObject(name, header(always.getDescription(), always.getSchema()));
    }

    private static void header(ApiResponse response, String name) {
        response.addHeaderObject(name, new Header().$ref("#/components/headers/" + name));
    }
}
