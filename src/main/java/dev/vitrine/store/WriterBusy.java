package dev.vitrine.store;

/// The writer before has a transaction open that does not end: its process is slow, or was stopped in the middle.
public final class WriterBusy extends RuntimeException {

    /// @param table its address
    public WriterBusy(String table) {
        super("the writer before has not let go of %s".formatted(table));
    }
}
