package dev.vitrine.store;

/// A newer writer has taken over the table; nothing of what was not published became visible.
public final class WriterFenced extends RuntimeException {

    /// @param table its address
    /// @param token of the writer that is refused
    /// @param newer token that was seen
    public WriterFenced(String table, long token, long newer) {
        super("the writer with token %d of %s is refused: one with token %d has taken over"
                .formatted(token, table, newer));
    }
}
