package dev.vitrine.rest.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Every kind of failure a caller can meet. The lower-case name is the countable `code` and the end of the `type`;
/// both are promises.
public enum ProblemType {
    INVALID_REQUEST(
            HttpStatus.BAD_REQUEST,
            "The request cannot be answered as written",
            "A parameter is unknown, given twice, or has a value that it cannot have.",
            "The member `errors` names every parameter that is wrong and what is allowed instead. Correct all of them and ask again."),
    MALFORMED_REQUEST(
            HttpStatus.BAD_REQUEST,
            "The request is not well-formed",
            "The address or a header is not valid HTTP, for example a `%` without two hexadecimal digits.",
            "Percent-encode every character of a key or value that is not a letter, digit, `-`, `.`, `_` or `~`, as UTF-8."),
    UNAUTHENTICATED(
            HttpStatus.UNAUTHORIZED,
            "A valid access token is needed",
            "The request carries no bearer token, or one that is expired, of another issuer, or for another audience.",
            "Get a token from the authorization server that the OpenAPI document names and send it as `Authorization: Bearer <token>`."),
    FORBIDDEN(
            HttpStatus.FORBIDDEN,
            "The token does not open this",
            "The token is valid, but none of its scopes opens what was asked for.",
            "Ask for a token with one of the scopes that the answer names, or ask the data team for access."),
    ORIGIN_NOT_ALLOWED(
            HttpStatus.FORBIDDEN,
            "Pages of this origin may not ask",
            "A browser asked, for a page of another site, whether that page may call the service, and it may not.",
            "Ask the operators to add the origin to `vitrine.cors.origins`, or call the service from your own server."),
    UNKNOWN_ADDRESS(
            HttpStatus.NOT_FOUND,
            "Nothing is at this address",
            "The path is none that this service knows.",
            "Compare the path with the OpenAPI document of the product version; the documents are listed in Swagger UI."),
    UNKNOWN_PRODUCT(
            HttpStatus.NOT_FOUND,
            "There is no such data product",
            "No contract in force has this name, or it is a draft.",
            "Check the name: it is the second part of the path, `/api/{product}/v{n}`."),
    UNKNOWN_VERSION(
            HttpStatus.NOT_FOUND,
            "The data product has no such version",
            "The product exists, but this major version does not, or is a draft.",
            "Use one of the versions that the answer names."),
    UNKNOWN_ENTITY(
            HttpStatus.NOT_FOUND,
            "The version has no such entity",
            "The product version exists, but its contract names no entity collection like this.",
            "Use one of the entities that the answer names."),
    UNKNOWN_RELATION(
            HttpStatus.NOT_FOUND,
            "The entity has no such relation",
            "The address goes on behind the key with a name that is no relation of the entity.",
            "Use one of the relations that the answer names."),
    UNKNOWN_KEY(
            HttpStatus.NOT_FOUND,
            "There is no entity with this key",
            "No row has this key, or it is one that the token does not open: the two are not told apart.",
            "Check the key. The parts of a composite key are joined by commas, in the order of the OpenAPI document."),
    WITHHELD(
            HttpStatus.NOT_FOUND,
            "The entity cannot be served at present",
            "The gold table has a row with this key, but its content breaks the contract, so no state of it is served.",
            "The data team finds the row among the dead letters; the entity comes back once the row is mended."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "This method is not allowed here",
            "The address does not take this method. Data products are read, not written; the operations below `/actuator` take what the operations guide says.",
            "Use one of the methods in the header `Allow`."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "No acceptable form of the answer",
            "The header `Accept` rules out every form that there is: `application/json` and, for collections, `application/jsonl` and `text/csv`.",
            "Send `Accept: application/json`, or no such header."),
    CONFLICT(
            HttpStatus.CONFLICT,
            "That cannot be done as things stand",
            "What was asked for does not go with the state of the table, for example to release what is not held.",
            "The detail says what stands in the way; `GET /actuator/sync` shows the state of every table."),
    REQUEST_TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE,
            "The request is too large",
            "The body of the request has more bytes than are read.",
            "Ask for fewer keys in one request."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body is of another form than expected",
            "The header `Content-Type` names another form than the address takes.",
            "Send JSON, with `Content-Type: application/json`."),
    RETIRED(
            HttpStatus.GONE,
            "This version is retired",
            "The contract of this product version is retired; its data is not served any more.",
            "Move to a newer version; the answer names those that are served."),
    CURSOR_EXPIRED(
            HttpStatus.GONE,
            "The cursor leads nowhere any more",
            "The gold table was replaced by another one, or set back to an earlier state, since the cursor was handed out. What follows it in the new table has nothing to do with the pages before.",
            "Start again from the first page: send the same request without `cursor`."),
    QUERY_TOO_EXPENSIVE(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The query would read too much",
            "The query was stopped at its budget of rows or time, because no index serves its filter or sort.",
            "Filter by a field that selects fewer rows, or ask the data team to declare what the answer names."),
    QUERY_TOO_COMPLEX(
            HttpStatus.BAD_REQUEST,
            "The GraphQL document asks for too much at once",
            "It nests too deep, renames too many fields, or could be answered with too many values.",
            "The answer names the limit and what the document comes to. Ask for smaller pages (`first`), or in several requests."),
    UNKNOWN_DOCUMENT(
            HttpStatus.BAD_REQUEST,
            "There is no such persisted document",
            "The `documentId` is none of the GraphQL documents that are kept beside the contract.",
            "Send the document itself as `query`, or ask the data team to put it into `documents/` beside the contract."),
    UNTRUSTED_DOCUMENT(
            HttpStatus.BAD_REQUEST,
            "Only persisted documents are answered",
            "The service runs only the GraphQL documents that are kept beside the contract, and this is none of them.",
            "Ask the data team to put the document into `documents/` beside the contract, and send its `documentId`."),
    QUOTA_EXCEEDED(
            HttpStatus.TOO_MANY_REQUESTS,
            "The limit is reached",
            "The caller's plan, or the total limit of the product, leaves too little for this request; the member `violated-policies` names the limits.",
            "Ask again after the number of seconds in `Retry-After`. The headers `RateLimit-Policy` and `RateLimit` of every answer tell what the plan allows and what is left of it.",
            "https://iana.org/assignments/http-problem-types#quota-exceeded"),
    BUDGET_SPENT(
            HttpStatus.TOO_MANY_REQUESTS,
            "Only reads by key are answered today",
            "The operators have set how much the store may charge in a day (UTC), and that is spent. Pages, filters, counts, exports and connections cost most, so they wait until midnight UTC; entities are still read by their keys.",
            "Read by key: `/api/{product}/v{n}/{entity}/{key}`, `:batchGet` for up to 100 keys, or by key in GraphQL. Ask for everything else after the number of seconds in `Retry-After`."),
    REFUSED(
            HttpStatus.BAD_REQUEST,
            "The request was refused",
            "The server does not take a request of this kind.",
            "The status and the detail say what is wrong."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "The service failed",
            "Something is wrong on our side; the log of the service says what.",
            "Try again later. If it goes on, tell the operators the address and the time."),
    UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The data cannot be read now",
            "The table behind this entity is not served at the moment: it is still being loaded, or cannot be read.",
            "Try again after the number of seconds in `Retry-After`. The detail says why."),
    VERSION_NOT_APPLIED(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The version asked for is not served yet",
            "The header `Min-Delta-Table-Version` names a version of the gold table that is not applied yet.",
            "Try again after the number of seconds in `Retry-After`, or wait for it: `Prefer: wait=10`."),
    TOKENS_UNVERIFIABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Tokens cannot be verified now",
            "The service cannot get the keys of the authorization server, so it cannot tell whether any token is good: that server is down, not reachable from here, or its address is misconfigured.",
            "Try again after the number of seconds in `Retry-After`. If it goes on, tell the operators: the log of the service says why.");

    private final HttpStatus status;
    private final String title;
    private final String explanation;
    private final String remedy;
    private final @Nullable String registered;

    ProblemType(HttpStatus status, String title, String explanation, String remedy) {
        this(status, title, explanation, remedy, null);
    }

    ProblemType(HttpStatus status, String title, String explanation, String remedy, @Nullable String registered) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
        this.remedy = remedy;
        this.registered = registered;
    }

    /// The type of that slug.
    static Optional<ProblemType> of(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
    }

    /// The type that tells most about a bare HTTP status.
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 400 -> MALFORMED_REQUEST;
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> UNKNOWN_ADDRESS;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409 -> CONFLICT;
            case 410 -> RETIRED;
            case 413 -> REQUEST_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> QUOTA_EXCEEDED;
            case 503 -> UNAVAILABLE;
            default -> status < 500 ? REFUSED : INTERNAL_ERROR;
        };
    }

    /// The type of what a controller refused with that status.
    static ProblemType ofRefusal(int status) {
        return status == 400 ? INVALID_REQUEST : ofStatus(status);
    }

    /// `unknown-key`.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Where the type is explained, below the base address.
    public String path() {
        return "/problems/" + slug();
    }

    /// What the member `type` says: the page that explains it, or the name that a registry gave it.
    ///
    /// @param base see [BaseAddress]
    public String uri(String base) {
        return registered == null ? base + path() : registered;
    }

    /// The usual HTTP status.
    public HttpStatus status() {
        return status;
    }

    /// What happened, in a few words that do not depend on the request.
    public String title() {
        return title;
    }

    /// Why it happens.
    public String explanation() {
        return explanation;
    }

    /// How to mend it.
    public String remedy() {
        return remedy;
    }
}
