package dev.vitrine.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One field of an entity or of an object in it.
///
/// @param name in the API
/// @param column logical name of the column, or of the struct member, in Delta; of no meaning for a grouping object
/// @param required never null in the gold table
/// @param filterable can be filtered and sorted by (a key field always is)
/// @param classification who sees the field; null: public
/// @param examples as the contract gives them: strings, numbers, booleans, lists and maps
public record Field(
        String name,
        String column,
        FieldType type,
        boolean required,
        boolean filterable,
        @Nullable String classification,
        @Nullable String title,
        @Nullable String description,
        List<Object> examples) {
    public Field {
        examples = List.copyOf(examples);
    }
}
