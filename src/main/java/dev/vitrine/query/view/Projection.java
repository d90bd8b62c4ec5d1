package dev.vitrine.query.view;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.entity.Entity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns stored documents into what one version of a product shows to some callers. Prepared once, used for many
/// entities and by many threads.
public record Projection(Shape.Members members) {

    /// @param classes of fields that are shown beside the public ones
    /// @param selected names of the fields asked for; a name stands for everything below it; null: all
    public static Projection of(EntityType type, Set<String> classes, @Nullable Set<String> selected) {
        return new Projection(Shape.Members.of(new View(classes, selected).of(type.fields(), "")));
    }

    /// The entity as JSON in UTF-8.
    public byte[] render(Entity entity) {
        byte[] document = entity.document();
        JsonBuffer out = new JsonBuffer(document.length + 64);
        members.write(document, JsonScan.blank(document, 0), document.length, out);
        return out.toBytes();
    }

    /// Leaves out the fields that are not to be seen, and objects of which nothing is left.
    private record View(Set<String> classes, @Nullable Set<String> selected) {

        List<Field> of(List<Field> fields, String prefix) {
            return fields.stream().flatMap(field -> of(field, prefix)).toList();
        }

        private Stream<Field> of(Field field, String prefix) {
            if (field.classification() != null && !classes.contains(field.classification())) {
                return Stream.empty();
            }
            String name = prefix + field.name();
            boolean whole = selected == null || selected.contains(name);
            if (selected != null && !whole && selected.stream().noneMatch(other -> other.startsWith(name + "."))) {
                return Stream.empty();
            }
            View below = whole ? new View(classes, null) : this;
            return below.of(field.type(), name + ".").map(type -> with(field, type)).stream();
        }

        private Optional<FieldType> of(FieldType type, String prefix) {
            return switch (type) {
                case FieldType.Scalar scalar -> Optional.of(scalar);
                case FieldType.ArrayType array -> of(array.items(), prefix).map(FieldType.ArrayType::new);
                case FieldType.MapType map -> of(map.values(), prefix).map(FieldType.MapType::new);
                case FieldType.ObjectType object -> {
                    List<Field> left = of(object.fields(), prefix);
                    yield left.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new FieldType.ObjectType(left, object.grouping()));
                }
            };
        }

        private static Field with(Field field, FieldType type) {
            return new Field(
                    field.name(),
                    field.column(),
                    type,
                    field.required(),
                    field.filterable(),
                    field.classification(),
                    field.title(),
                    field.description(),
                    field.examples());
        }
    }
}
