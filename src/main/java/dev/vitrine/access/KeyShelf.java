package dev.vitrine.access;

import java.util.Optional;
import java.util.function.Function;

/// Where the API keys of all processes are kept, as one document. Threads may share it. Its methods throw whatever the
/// place throws that cannot be reached.
public interface KeyShelf {

    /// What is kept now; empty: nothing yet. Every process asks a few times a second.
    Optional<byte[]> read();

    /// Replaces what is kept, while nobody else in any process does.
    ///
    /// @param change makes the new document out of what is kept; what it throws leaves everything as it was
    void change(Function<Optional<byte[]>, byte[]> change);
}
