package dev.vitrine.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Walks the fields of a type.
final class Fields {

    private Fields() {}

    static Stream<FieldPath> below(List<Field> steps) {
        Stream<FieldPath> self = Stream.of(new FieldPath(steps));
        return steps.getLast().type() instanceof FieldType.ObjectType object
                ? Stream.concat(self, object.fields().stream().flatMap(inner -> below(append(steps, inner))))
                : self;
    }

    private static List<Field> append(List<Field> steps, Field inner) {
        List<Field> longer = new ArrayList<>(steps);
        longer.add(inner);
        return longer;
    }
}
