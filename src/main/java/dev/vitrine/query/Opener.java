package dev.vitrine.query;

import dev.vitrine.access.Caller;
import dev.vitrine.access.EntityGrant;
import dev.vitrine.access.Grants;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Relation;
import dev.vitrine.query.Opened.NotStored;
import java.util.HashMap;
import java.util.Map;

/// Opens the collections of one product version for one caller and one question.
///
/// @param instead views by the name of the collection, where the store cannot answer by the one in force
record Opener(Views views, Grants grants, DataProduct product, Caller caller, Map<String, View> instead) {

    /// @throws NotGranted if no scope of the caller opens it
    Opened open(EntityType type) {
        View other = instead.isEmpty() ? null : instead.get(type.name());
        View view = other == null ? views.of(product, type) : other;
        EntityGrant grant = grants.of(view.product(), view.type(), caller);
        if (grant.closed()) {
            throw new NotGranted(grants.opening(view.product(), view.type()));
        }
        return new Opened(view, grant);
    }

    /// The relation as that collection has it.
    ///
    /// @throws EntitiesUnavailable if it has none of that name any more
    Relation relation(Opened from, Relation relation) {
        if (from.product() == product) {
            return relation;
        }
        return from.product().relations(from.type()).stream()
                .filter(other -> other.name().equals(relation.name()))
                .findFirst()
                .orElseThrow(() -> new EntitiesUnavailable(
                        "the relation %s of %s was withdrawn just now"
                                .formatted(relation.name(), from.type().name()),
                        null));
    }

    /// The same, but for the collection that the store could not read.
    ///
    /// @throws EntitiesUnavailable if there is no other view of it
    Opener without(NotStored failure) {
        View view = failure.view();
        String name = view.type().name();
        if (instead.containsKey(name)) {
            throw failure.unavailable();
        }
        Map<String, View> more = new HashMap<>(instead);
        more.put(name, views.instead(view).orElseThrow(failure::unavailable));
        return new Opener(views, grants, product, caller, more);
    }
}
