package dev.vitrine.query;

import dev.vitrine.contract.FieldType;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import dev.vitrine.query.Selection.Condition;
import dev.vitrine.query.view.DocumentValues;
import dev.vitrine.store.PageRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [Selection] that was checked: what to ask of the store and how to show it.
///
/// @param filter the caller's conditions and what the caller may see, in one
/// @param wanted what of each entity is answered
/// @param binding ties cursors to this question and this caller's grant
/// @param after where the page before ended; null: from the start
/// @param conditionFields names of the fields that the conditions are about, for messages
/// @param sortFields likewise for the sort
@SuppressWarnings("ArrayRecordComponent")
record Question(
        Filter filter,
        Order order,
        Wanted wanted,
        byte[] binding,
        @Nullable Bookmark after,
        List<String> conditionFields,
        List<String> sortFields) {

    /// Types of the sort's terms, as cursors carry them.
    List<FieldType.Scalar> termTypes() {
        return order.terms().stream().map(term -> term.column().type()).toList();
    }

    /// The first page, by key, of what is behind a link.
    static Question behind(Link link, Opened target, Wanted wanted) {
        return new Question(
                both(target.grant().rows(), link.filter(target)),
                Order.BY_KEY,
                wanted,
                Binding.of(target, link.conditions(), Order.BY_KEY),
                null,
                names(link.conditions()),
                List.of());
    }

    /// Where an entity stands in the order.
    Page.Position position(Entity entity) {
        DocumentValues values = new DocumentValues(entity.document());
        List<@Nullable Object> terms = new ArrayList<>();
        order.terms().forEach(term -> terms.add(values.apply(term.column())));
        return new Page.Position(terms, entity.key());
    }

    /// Selects what both select.
    static Filter both(Filter one, Filter other) {
        if (one.equals(Filter.ALL)) {
            return other;
        }
        return other.equals(Filter.ALL) ? one : new Filter.And(List.of(one, other));
    }

    /// The fields that conditions are about.
    static List<String> names(List<Condition> conditions) {
        return conditions.stream().map(Condition::field).distinct().toList();
    }

    /// The same question, for the page that follows.
    Question after(Bookmark bookmark) {
        return new Question(filter, order, wanted, binding, bookmark, conditionFields, sortFields);
    }

    /// What to read.
    ///
    /// @param limit how many entities at most
    PageRequest request(int limit) {
        return new PageRequest(filter, order, after == null ? null : after.position(), limit);
    }
}
