package dev.vitrine.store;

/// The store could not do what it was asked; the message names the operation and the table.
public sealed class StoreFailure extends RuntimeException permits StoreUnavailable {
    public StoreFailure(String message) {
        super(message);
    }

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
