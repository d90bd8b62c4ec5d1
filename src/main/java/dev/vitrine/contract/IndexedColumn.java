package dev.vitrine.contract;

import java.util.List;

/// A scalar value of the stored document that filters, sorts and row filters can reach.
///
/// @param path column name, then the names of struct members, as in Delta
/// @param type decides how the value is ordered
public record IndexedColumn(List<String> path, FieldType.Scalar type) {
    public IndexedColumn {
        path = List.copyOf(path);
    }
}
