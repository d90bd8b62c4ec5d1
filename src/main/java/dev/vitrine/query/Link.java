package dev.vitrine.query;

import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.Relation;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.contract.ScalarValues;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.query.Selection.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a relation leads from one row.
///
/// @param texts of the values that the fields [Relation#to()] have there
record Link(Relation relation, List<String> texts) {

    /// From this row; null if a value is absent, or not shown to the caller, so that the relation leads nowhere.
    static @Nullable Link from(Opened.Row row, Relation relation) {
        List<@Nullable Object> values = row.values(relation.from());
        if (values == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value == null) {
                return null;
            }
            texts.add(ScalarValues.format(type(relation.from().get(i)), value));
        }
        return new Link(relation, texts);
    }

    /// The one entity there; empty if no entity can have such a key.
    Optional<EntityKey> key() {
        return Keys.read(relation.target(), texts);
    }

    /// The entities there, as conditions that the caller could have written.
    List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String name = relation.to().get(i).name();
            conditions.add(new Condition(name, name, Selection.Test.EQ, List.of(texts.get(i))));
        }
        return conditions;
    }

    /// The entities there, as far as they show the caller that they belong here.
    ///
    /// @throws EntitiesUnavailable if the target is read by another form of its product, which has no such link
    Filter filter(Opened target) {
        List<Filter> parts = new ArrayList<>();
        Set<String> classes = new HashSet<>();
        for (int i = 0; i < texts.size(); i++) {
            FieldPath path = relation.to().get(i);
            requireIndexed(path, target);
            classes.addAll(path.classifications());
            try {
                Object value = ScalarValues.parse(type(path), texts.get(i));
                parts.add(new Filter.Comparison(EntityFields.column(path), Operator.EQ, value));
            } catch (IllegalArgumentException outOfType) {
                return Filter.NONE;
            }
        }
        parts.add(target.grant().rowsShowing(classes));
        return new Filter.And(parts);
    }

    private void requireIndexed(FieldPath path, Opened target) {
        if (target.type() != relation.target()
                && target.view().gold().indexed().stream()
                        .noneMatch(column -> column.path().equals(path.column()))) {
            throw new EntitiesUnavailable(
                    "the relation %s is changing: %s cannot be read along it at this moment"
                            .formatted(relation.name(), target.type().name()),
                    null);
        }
    }

    private static FieldType.Scalar type(FieldPath path) {
        return (FieldType.Scalar) path.field().type();
    }
}
