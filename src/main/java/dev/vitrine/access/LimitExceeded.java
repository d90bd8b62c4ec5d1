package dev.vitrine.access;

import java.time.Duration;
import java.util.List;

/// The caller asks for more than a limit allows now.
public final class LimitExceeded extends RuntimeException {

    private final transient List<String> policies;
    private final Duration retryAfter;

    /// @param policies names of the limits that are exceeded, as callers see them
    /// @param retryAfter when it is worth while to ask again
    public LimitExceeded(List<String> policies, Duration retryAfter) {
        super("the limit is reached: " + String.join(", ", policies), null, false, false);
        this.policies = List.copyOf(policies);
        this.retryAfter = retryAfter;
    }

    public List<String> policies() {
        return policies;
    }

    /// Whole seconds, at least one, for the header `Retry-After`.
    public long retryAfterSeconds() {
        return Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }
}
