package dev.vitrine.store.cosmos.server.sql;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Something that has a value for a document.
sealed interface Expression {

    /// The document itself.
    record Root() implements Expression {}

    record Literal(JsonNode value) implements Expression {}

    /// `of.name`, `of["name"]`
    record Member(Expression of, String name) implements Expression {}

    /// `of[3]`
    record Element(Expression of, int index) implements Expression {}

    /// @param name in upper case
    record Call(String name, List<Expression> arguments) implements Expression {}

    record Not(Expression part) implements Expression {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    /// @param operator `= != < <= > >=`
    record Comparison(Expression left, String operator, Expression right) implements Expression {}

    record In(Expression value, List<Expression> among) implements Expression {}

    record ArrayOf(List<Expression> elements) implements Expression {}

    record ObjectOf(Map<String, Expression> members) implements Expression {}
}
