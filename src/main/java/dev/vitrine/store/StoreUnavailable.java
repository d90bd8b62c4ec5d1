package dev.vitrine.store;

/// The store is out of reach or too busy; the same may succeed a little later.
public final class StoreUnavailable extends StoreFailure {
    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
