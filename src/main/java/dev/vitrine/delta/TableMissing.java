package dev.vitrine.delta;

import org.jspecify.annotations.Nullable;

/// There is no Delta table at the path (yet).
public final class TableMissing extends RuntimeException {
    public TableMissing(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
