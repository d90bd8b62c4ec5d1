package dev.vitrine.graphql.fetch;

import dev.vitrine.contract.FieldPath;
import graphql.schema.DataFetchingFieldSelectionSet;
import graphql.schema.SelectedField;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which fields of the contract stand behind the fields of an entity's GraphQL type.
///
/// @param key always read
/// @param behind by name in GraphQL: a field itself, or the fields that a relation needs
public record EntityShape(List<FieldPath> key, Map<String, List<FieldPath>> behind) {
    public EntityShape {
        key = List.copyOf(key);
        behind = Map.copyOf(behind);
    }

    /// What is wanted of an entity.
    Wanted ofEntity(DataFetchingFieldSelectionSet selection) {
        return new Wanted(fields(selection.getImmediateFields()), false);
    }

    /// What is wanted of the entities of a connection, and of the connection.
    Wanted ofConnection(DataFetchingFieldSelectionSet selection) {
        return new Wanted(fields(selection.getFields("edges/node/*")), selection.contains("totalCount"));
    }

    /// Null, all fields, if one is classified: of a field that a caller may never see the query says that there is
    /// none.
    private @Nullable List<String> fields(List<SelectedField> selected) {
        Set<String> names = new TreeSet<>();
        key.forEach(path -> names.add(path.name()));
        for (SelectedField field : selected) {
            for (FieldPath path : behind.getOrDefault(field.getName(), List.of())) {
                if (!path.classifications().isEmpty()) {
                    return null;
                }
                names.add(path.name());
            }
        }
        return List.copyOf(names);
    }
}
