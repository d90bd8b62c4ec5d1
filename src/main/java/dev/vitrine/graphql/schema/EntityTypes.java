package dev.vitrine.graphql.schema;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The names of all types of a schema. Those of the entities are given out first, so that they change no sooner than in
/// the contract.
final class EntityTypes {

    private static final List<String> RESERVED = List.of(
            "Query",
            "Mutation",
            "Subscription",
            "String",
            "Int",
            "Float",
            "Boolean",
            "ID",
            ConnectionTypes.PAGE_INFO,
            SortTypes.DIRECTION);

    private final Names names = new Names(RESERVED);
    private final Map<String, String> ofEntities = new HashMap<>();

    EntityTypes(DataProduct product) {
        Scalars.own().forEach(scalar -> names.take(scalar.getName()));
        FilterTypes.NAMES.forEach(names::take);
        for (EntityType type : product.entities()) {
            ofEntities.put(type.name(), names.take(type.typeName()));
        }
    }

    /// `Customer`.
    String of(EntityType type) {
        return Objects.requireNonNull(ofEntities.get(type.name()));
    }

    /// `CustomerFilter`, or the nearest that is free.
    String take(String wanted) {
        return names.take(wanted);
    }
}
