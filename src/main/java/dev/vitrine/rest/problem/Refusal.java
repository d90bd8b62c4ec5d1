package dev.vitrine.rest.problem;

import dev.vitrine.access.LimitExceeded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The request is answered with a problem.
public final class Refusal extends RuntimeException {

    private final ProblemType type;
    private final transient List<Error> errors;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    /// @param detail what happened, why and what to do, for this request; for people
    public Refusal(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /// @param errors everything that is wrong with the request
    public Refusal(ProblemType type, String detail, List<Error> errors) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    /// Adds a header of the answer.
    public Refusal with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /// Adds a member of the problem.
    public Refusal with(String member, List<String> values) {
        members.put(member, List.copyOf(values));
        return this;
    }

    /// The refusal of a caller who asks for more than a limit allows.
    public static Refusal of(LimitExceeded exceeded) {
        long seconds = exceeded.retryAfterSeconds();
        return new Refusal(
                        ProblemType.QUOTA_EXCEEDED,
                        "The limit is reached: %s. Ask again in %d seconds."
                                .formatted(String.join(", ", exceeded.policies()), seconds))
                .with("Retry-After", Long.toString(seconds))
                .with("violated-policies", exceeded.policies());
    }

    public ProblemType type() {
        return type;
    }

    /// What happened, never null.
    public String detail() {
        return String.valueOf(getMessage());
    }

    List<Error> errors() {
        return errors;
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, Object> members() {
        return members;
    }

    /// One thing that is wrong with a request.
    ///
    /// @param parameter as the caller wrote it
    /// @param code countable, in kebab-case
    public record Error(String parameter, String code, String detail) {}
}
