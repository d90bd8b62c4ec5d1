package dev.vitrine.delta;

import org.jspecify.annotations.Nullable;

/// The table is there but could not be read; the message names table, version and file where they are known.
public final class TableUnreadable extends RuntimeException {
    public TableUnreadable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
