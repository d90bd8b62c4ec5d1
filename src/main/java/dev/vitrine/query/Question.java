package dev.vitrine.query;

import dev.vitrine.contract.FieldType;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A [Selection] that was checked: what to ask of the store and how to show it.
///
/// @param filter the caller's conditions and what the caller may see, in one
/// @param selected names of the fields asked for; null: all
/// @param binding ties cursors to this question and this caller's grant
/// @param after where the page before ended; null: from the start
/// @param conditionFields names of the fields that the conditions are about, for messages
/// @param sortFields likewise for the sort
@SuppressWarnings("ArrayRecordComponent")
record Question(
        Filter filter,
        Order order,
        @Nullable Set<String> selected,
        byte[] binding,
        @Nullable Bookmark after,
        List<String> conditionFields,
        List<String> sortFields) {

    /// Types of the sort's terms, as cursors carry them.
    List<FieldType.Scalar> termTypes() {
        return order.terms().stream().map(term -> term.column().type()).toList();
    }

    /// The same question, for the page that follows.
    Question after(Bookmark bookmark) {
        return new Question(filter, order, selected, binding, bookmark, conditionFields, sortFields);
    }
}
