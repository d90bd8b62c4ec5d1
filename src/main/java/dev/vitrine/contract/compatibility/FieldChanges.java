package dev.vitrine.contract.compatibility;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.FieldType.ArrayType;
import dev.vitrine.contract.FieldType.MapType;
import dev.vitrine.contract.FieldType.ObjectType;
import dev.vitrine.contract.compatibility.ContractChange.Kind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Compares the fields of an entity, and of the objects in it.
///
/// @param found takes what differs
/// @param key names of the key fields before, which can always be filtered by
/// @param newKey those after
record FieldChanges(Consumer<ContractChange> found, List<String> key, List<String> newKey) {

    /// @param where the entity and the objects around the fields
    void between(String where, List<Field> before, List<Field> after) {
        for (Field field : before) {
            Optional<Field> now = named(after, field.name());
            String path = where + "." + field.name();
            if (now.isPresent()) {
                field(path, field, now.get());
            } else {
                Optional<Field> renamed = after.stream()
                        .filter(other -> other.column().equals(field.column())
                                && named(before, other.name()).isEmpty())
                        .findFirst();
                breaking(
                        path, renamed.map(other -> "renamed to " + other.name()).orElse("removed"));
            }
        }
        after.stream()
                .filter(field -> named(before, field.name()).isEmpty())
                .forEach(field -> additive(where + "." + field.name(), "added"));
    }

    private void field(String path, Field before, Field after) {
        type(path, before.type(), after.type());
        if (!before.column().equals(after.column())) {
            additive(path, "is read from the column %s, no longer from %s".formatted(after.column(), before.column()));
        }
        if (before.required() && !after.required()) {
            breaking(path, "can be null now");
        } else if (!before.required() && after.required()) {
            additive(path, "is never null now");
        }
        classification(path, before.classification(), after.classification());
        String name = path.substring(path.indexOf('.') + 1);
        boolean was = before.filterable() || key.contains(name);
        boolean is = after.filterable() || newKey.contains(name);
        if (was && !is) {
            breaking(path, "cannot be filtered or sorted by any more");
        } else if (!was && is) {
            additive(path, "can be filtered and sorted by");
        }
    }

    private void classification(String path, @Nullable String before, @Nullable String after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (after == null) {
            additive(path, "is public, no longer " + before);
        } else {
            breaking(
                    path,
                    "is %s, no longer %s: it is left out for callers whose roles do not open that class"
                            .formatted(after, before == null ? "public" : before));
        }
    }

    private void type(String path, FieldType before, FieldType after) {
        if (before instanceof ObjectType old && after instanceof ObjectType now) {
            between(path, old.fields(), now.fields());
        } else if (before instanceof ArrayType old && after instanceof ArrayType now) {
            type(path + "[]", old.items(), now.items());
        } else if (before instanceof MapType old && after instanceof MapType now) {
            type(path + "{}", old.values(), now.values());
        } else if (before instanceof FieldType.Scalar old && after instanceof FieldType.Scalar now) {
            new ScalarChanges(found).between(path, old, now);
        } else {
            breaking(path, "is %s, no longer %s".formatted(TypeWords.of(after), TypeWords.of(before)));
        }
    }

    private static Optional<Field> named(List<Field> fields, String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    private void breaking(String where, String words) {
        found.accept(new ContractChange(Kind.BREAKING, where, words));
    }

    private void additive(String where, String words) {
        found.accept(new ContractChange(Kind.ADDITIVE, where, words));
    }
}
