package dev.vitrine.contract;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an OAuth2 scope opens.
///
/// @param scope the contract's `role`
/// @param classifications classes of fields it opens beside the public ones
/// @param rowFilters per entity name; empty: all rows of all entities; otherwise an entity not named is closed
public record Role(
        String scope, @Nullable String description, Set<String> classifications, Map<String, RowFilter> rowFilters) {
    public Role {
        classifications = Set.copyOf(classifications);
        rowFilters = Map.copyOf(rowFilters);
    }
}
