package dev.vitrine.contract;

import java.util.List;
import java.util.stream.Stream;

/// A [Relationship] as it is followed from one of its two sides.
///
/// @param name of the relation seen from here: `customer`, `orders`
/// @param from fields here whose values lead there
/// @param to the fields there with the same values, one for each of `from`
/// @param target the entity type there
/// @param toMany whether any number of entities can be there: the foreign key is theirs; else at most one, whose key
/// `to` is
public record Relation(String name, List<FieldPath> from, List<FieldPath> to, EntityType target, boolean toMany) {

    public Relation {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    static List<Relation> of(DataProduct product, EntityType type) {
        Stream<Relation> own = type.relationships().stream()
                .flatMap(key -> product.entity(key.target()).stream()
                        .map(target -> new Relation(key.name(), fields(type, key), target.key(), target, false)));
        Stream<Relation> inverse = product.entities().stream()
                .flatMap(other -> other.relationships().stream()
                        .filter(key -> key.target().equals(type.name()))
                        .flatMap(key -> Stream.ofNullable(key.inverseName())
                                .map(name -> new Relation(name, type.key(), fields(other, key), other, true))));
        return Stream.concat(own, inverse).toList();
    }

    private static List<FieldPath> fields(EntityType type, Relationship key) {
        return key.fields().stream()
                .map(name -> type.field(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                type.name() + " has no field " + name + " for its relation " + key.name())))
                .toList();
    }
}
