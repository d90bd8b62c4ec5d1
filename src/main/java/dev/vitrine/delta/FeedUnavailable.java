package dev.vitrine.delta;

import org.jspecify.annotations.Nullable;

/// The change feed cannot be read from here on; a rebuild helps. The message says why.
public final class FeedUnavailable extends RuntimeException {
    public FeedUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
