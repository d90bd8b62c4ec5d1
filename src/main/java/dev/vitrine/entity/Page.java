package dev.vitrine.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some entities in order.
///
/// @param next where the following page starts, null on the last page
public record Page(List<Entity> items, @Nullable Position next) {
    public Page {
        items = List.copyOf(items);
    }

    /// The last entity of a page: its values of the order's terms, then its key.
    public record Position(List<@Nullable Object> terms, EntityKey key) {}
}
