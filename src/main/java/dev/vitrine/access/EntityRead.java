package dev.vitrine.access;

import java.util.List;
import java.util.Set;

/// What a request read of one entity collection: names and numbers, no values.
///
/// @param product name of the data product
/// @param major its version
/// @param entity name of the collection
/// @param rows that the caller was shown
/// @param bytes of them, as JSON, before compression
/// @param classes of restricted fields that may have been among what was shown
/// @param filters names of the fields that were filtered by
public record EntityRead(
        String product, int major, String entity, long rows, long bytes, Set<String> classes, List<String> filters) {

    /// Both, if they differ in numbers only.
    ///
    /// @throws IllegalArgumentException if they do not
    public EntityRead and(EntityRead other) {
        if (!isLike(other)) {
            throw new IllegalArgumentException("%s and %s are different reads".formatted(this, other));
        }
        return new EntityRead(product, major, entity, rows + other.rows, bytes + other.bytes, classes, filters);
    }

    /// Whether they differ in numbers only.
    public boolean isLike(EntityRead other) {
        return entity.equals(other.entity)
                && major == other.major
                && product.equals(other.product)
                && classes.equals(other.classes)
                && filters.equals(other.filters);
    }
}
