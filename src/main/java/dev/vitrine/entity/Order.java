package dev.vitrine.entity;

import dev.vitrine.contract.IndexedColumn;
import java.util.List;

/// How a page is sorted: by these terms, ties broken by the key columns in the direction of the last term, so that one
/// index serves a column both ways. Nulls come first ascending, last descending.
public record Order(List<Term> terms) {
    public Order {
        terms = List.copyOf(terms);
    }

    /// By the key alone.
    public static final Order BY_KEY = new Order(List.of());

    /// One column of the sort.
    public record Term(IndexedColumn column, boolean descending) {}
}
