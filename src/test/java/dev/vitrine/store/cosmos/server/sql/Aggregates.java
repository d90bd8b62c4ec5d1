package dev.vitrine.store.cosmos.server.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.MissingNode;

/// Counts: `COUNT(x)` is how many documents have a value of x.
final class Aggregates {

    private Aggregates() {}

    static boolean in(Expression expression) {
        return switch (expression) {
            case Expression.Call call -> call.name().equals("COUNT");
            case Expression.ArrayOf array -> array.elements().stream().anyMatch(Aggregates::in);
            case Expression.ObjectOf object ->
                object.members().values().stream().anyMatch(Aggregates::in);
            default -> false;
        };
    }

    static JsonNode of(Expression expression, List<JsonNode> documents) {
        return new Evaluation(MissingNode.getInstance()).of(counted(expression, documents));
    }

    private static Expression counted(Expression expression, List<JsonNode> documents) {
        return switch (expression) {
            case Expression.Call call -> in(call) ? count(call.arguments().getFirst(), documents) : call;
            case Expression.ArrayOf array ->
                new Expression.ArrayOf(array.elements().stream()
                        .map(element -> counted(element, documents))
                        .toList());
            case Expression.ObjectOf object -> {
                Map<String, Expression> members = new LinkedHashMap<>();
                object.members().forEach((name, member) -> members.put(name, counted(member, documents)));
                yield new Expression.ObjectOf(members);
            }
            default -> expression;
        };
    }

    private static Expression count(Expression counted, List<JsonNode> documents) {
        long count = documents.stream()
                .filter(document -> !new Evaluation(document).of(counted).isMissingNode())
                .count();
        return new Expression.Literal(LongNode.valueOf(count));
    }
}
