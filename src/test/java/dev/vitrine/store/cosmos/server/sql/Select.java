package dev.vitrine.store.cosmos.server.sql;

import java.util.List;

/// What a query gives of each document it selects.
sealed interface Select {

    /// `SELECT *`
    record Everything() implements Select {}

    /// `SELECT VALUE …`
    record Value(Part part) implements Select {}

    /// `SELECT c.id, c.a AS b`
    record Members(List<Named> members) implements Select {}

    record Named(String name, Part part) {}

    /// An expression, and how the query writes it.
    record Part(Expression expression, String text) {}
}
