package dev.vitrine.contract;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A field and the objects around it, outermost first: `address.nation`.
public record FieldPath(List<Field> steps) {
    public FieldPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a path has at least one step");
        }
    }

    /// The field at the end.
    public Field field() {
        return steps.getLast();
    }

    /// As callers write it: names joined by full stops.
    public String name() {
        return steps.stream().map(Field::name).collect(Collectors.joining("."));
    }

    /// Where the value is in Delta and in the stored document; grouping objects are no step of it.
    public List<String> column() {
        return steps.stream()
                .filter(step -> !(step.type() instanceof FieldType.ObjectType object && object.grouping()))
                .map(Field::column)
                .toList();
    }

    /// The classes a caller must hold to see the field: its own and those of the objects around it.
    public Set<String> classifications() {
        return steps.stream()
                .flatMap(step -> java.util.stream.Stream.ofNullable(step.classification()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
