package dev.vitrine.query;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A page whose entities each have a cursor, already reduced to what the caller may see.
///
/// @param asOf the state it was read at
/// @param more whether others follow
/// @param total only if it was asked for
public record EntityEdges(
        AsOf asOf, List<Edge> edges, boolean more, @Nullable Long total) {
    public EntityEdges {
        edges = List.copyOf(edges);
    }

    /// One entity of the page.
    ///
    /// @param json the object in UTF-8; must not be changed
    /// @param cursor leads to what follows it; made when it is asked for
    @SuppressWarnings("ArrayRecordComponent")
    public record Edge(byte[] json, Supplier<String> cursor) {}
}
