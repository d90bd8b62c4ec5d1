package dev.vitrine.query;

import java.time.Duration;

/// What the store may charge today is spent, so that only reads by key are answered.
public final class BudgetSpent extends RuntimeException {

    private final Duration retryAfter;

    /// @param product that was asked
    /// @param retryAfter until all reads are answered again
    BudgetSpent(String product, Duration retryAfter) {
        super(
                "The store's request units of today are spent, so until midnight UTC entities of %s are read by their keys alone: one by its address, up to 100 by :batchGet, or by key in GraphQL"
                        .formatted(product),
                null,
                false,
                false);
        this.retryAfter = retryAfter;
    }

    /// Whole seconds, at least one, for the header `Retry-After`.
    public long retryAfterSeconds() {
        return Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }
}
