package dev.vitrine.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A foreign key.
///
/// @param name of the relation seen from here: custom `relationName`, or made from the target's type name
/// @param fields names (as [FieldPath#name()]) of the fields here, in the order of the target's key
/// @param target name of the entity it points to, in the same product version
/// @param inverseName of the relation seen from the target; null: not navigable backwards
public record Relationship(
        String name,
        List<String> fields,
        String target,
        @Nullable String inverseName) {
    public Relationship {
        fields = List.copyOf(fields);
    }
}
