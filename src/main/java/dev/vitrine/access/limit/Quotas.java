package dev.vitrine.access.limit;

import java.util.List;

/// Counts what is taken of windows. Threads may share it.
public interface Quotas {

    /// Takes units of every window, or of none if one of them leaves less.
    ///
    /// @param owner whose windows they are; always with the same windows
    /// @param units zero takes nothing and tells how things stand
    Taken take(String owner, List<Window> windows, long units);
}
