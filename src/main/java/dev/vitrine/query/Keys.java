package dev.vitrine.query;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.ScalarValues;
import dev.vitrine.entity.EntityKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads keys from text.
final class Keys {

    private Keys() {}

    /// Types of the key fields, in order.
    static List<FieldType.Scalar> types(EntityType type) {
        return type.key().stream()
                .map(path -> (FieldType.Scalar) path.field().type())
                .toList();
    }

    /// The key; empty if the texts can be no key of the type, so that no entity has it.
    static Optional<EntityKey> read(EntityType type, List<String> texts) {
        List<FieldType.Scalar> types = types(type);
        if (texts.size() != types.size()) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        try {
            for (int i = 0; i < types.size(); i++) {
                values.add(ScalarValues.parse(types.get(i), texts.get(i)));
            }
        } catch (IllegalArgumentException noKey) {
            return Optional.empty();
        }
        return Optional.of(new EntityKey(values));
    }
}
