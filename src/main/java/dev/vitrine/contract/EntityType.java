package dev.vitrine.contract;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A collection of entities: one gold table as one version of a product shows it.
///
/// @param name path segment of the collection: `customers`
/// @param typeName name of one of them: `Customer`
/// @param table physical name of the Delta table
/// @param key the key fields (top-level or inside grouping objects), in order
/// @param sortable sorts by more than one field that are allowed
/// @param maxDeleteShare share of the keys that one commit may remove
/// @param partitioned names of the fields that the table is partitioned by, in order; any field
/// @param maxRequestUnits a second, of stores that are paid by them; null: nothing is said
public record EntityType(
        String name,
        String typeName,
        String table,
        @Nullable String title,
        @Nullable String description,
        List<Field> fields,
        List<FieldPath> key,
        List<List<SortTerm>> sortable,
        List<Relationship> relationships,
        double maxDeleteShare,
        List<String> partitioned,
        @Nullable Integer maxRequestUnits) {
    public EntityType {
        fields = List.copyOf(fields);
        key = List.copyOf(key);
        sortable = List.copyOf(sortable);
        relationships = List.copyOf(relationships);
        partitioned = List.copyOf(partitioned);
    }

    /// Stored as the store has it.
    public EntityType(
            String name,
            String typeName,
            String table,
            @Nullable String title,
            @Nullable String description,
            List<Field> fields,
            List<FieldPath> key,
            List<List<SortTerm>> sortable,
            List<Relationship> relationships,
            double maxDeleteShare) {
        this(
                name,
                typeName,
                table,
                title,
                description,
                fields,
                key,
                sortable,
                relationships,
                maxDeleteShare,
                List.of(),
                null);
    }

    /// Finds a field by its name as callers write it (`address.nation`); looks into objects, not into arrays and maps.
    public Optional<FieldPath> field(String name) {
        return fields().stream()
                .flatMap(field -> Fields.below(List.of(field)))
                .filter(path -> path.name().equals(name))
                .findFirst();
    }

    /// Every field, also those inside objects, outer ones first; not those inside arrays and maps.
    public List<FieldPath> allFields() {
        return fields().stream().flatMap(field -> Fields.below(List.of(field))).toList();
    }
}
