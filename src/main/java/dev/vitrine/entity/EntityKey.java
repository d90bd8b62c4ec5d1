package dev.vitrine.entity;

import java.util.List;
import java.util.stream.Collectors;

/// The key of an entity: one value per key column, in their order, as the Java type that its
/// [dev.vitrine.contract.FieldType] names. Never null inside.
public record EntityKey(List<Object> values) {
    public EntityKey {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a key has at least one value");
        }
    }

    /// The key of these values.
    public static EntityKey of(Object... values) {
        return new EntityKey(List.of(values));
    }

    /// For messages and logs: values joined by commas.
    @Override
    public String toString() {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
