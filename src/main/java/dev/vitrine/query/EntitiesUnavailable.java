package dev.vitrine.query;

import org.jspecify.annotations.Nullable;

/// The entities cannot be read now; the message says why and when to try again, for callers of the API.
public final class EntitiesUnavailable extends RuntimeException {
    public EntitiesUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
