package dev.vitrine.store;

/// A query was stopped because it would look at too many rows or take too long.
public final class BudgetExceeded extends RuntimeException {
    public BudgetExceeded(String message) {
        super(message);
    }
}
