package dev.vitrine.store;

/// A table cannot be read now; the message says why, for callers of the API.
public final class TableNotServed extends RuntimeException {
    public TableNotServed(String message) {
        super(message);
    }
}
