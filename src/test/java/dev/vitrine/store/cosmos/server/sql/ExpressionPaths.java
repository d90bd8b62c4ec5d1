package dev.vitrine.store.cosmos.server.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which properties an expression is about.
final class ExpressionPaths {

    private ExpressionPaths() {}

    static List<String> of(Expression expression) {
        List<String> path = new ArrayList<>();
        Expression at = expression;
        while (at instanceof Expression.Member member) {
            path.addFirst(member.name());
            at = member.of();
        }
        return at instanceof Expression.Root ? path : List.of();
    }

    /// The values one of which a document must have at the path for the condition to hold; empty: any.
    static Optional<Set<JsonNode>> candidates(Expression condition, List<String> path) {
        return switch (condition) {
            case Expression.And and -> candidates(and.left(), path).or(() -> candidates(and.right(), path));
            case Expression.Or or ->
                candidates(or.left(), path)
                        .flatMap(left -> candidates(or.right(), path).map(right -> union(left, right)));
            case Expression.Comparison comparison ->
                comparison.operator().equals("=") && of(comparison.left()).equals(path)
                        ? literals(List.of(comparison.right()))
                        : Optional.empty();
            case Expression.In in -> of(in.value()).equals(path) ? literals(in.among()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Set<JsonNode>> literals(List<Expression> expressions) {
        Set<JsonNode> values = new LinkedHashSet<>();
        for (Expression expression : expressions) {
            if (!(expression instanceof Expression.Literal literal)) {
                return Optional.empty();
            }
            values.add(literal.value());
        }
        return Optional.of(values);
    }

    private static Set<JsonNode> union(Set<JsonNode> left, Set<JsonNode> right) {
        Set<JsonNode> both = new LinkedHashSet<>(left);
        both.addAll(right);
        return both;
    }
}
