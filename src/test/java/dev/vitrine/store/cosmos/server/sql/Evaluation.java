package dev.vitrine.store.cosmos.server.sql;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The value of an expression for a document. What is unknown is [Values#UNDEFINED], and a document is selected only
/// by true.
record Evaluation(JsonNode document) {

    JsonNode of(Expression expression) {
        return switch (expression) {
            case Expression.Root root -> document;
            case Expression.Literal literal -> literal.value();
            case Expression.Member member -> of(member.of()).path(member.name());
            case Expression.Element element -> of(element.of()).path(element.index());
            case Expression.Call call ->
                Functions.call(
                        call.name(), call.arguments().stream().map(this::of).toList());
            case Expression.Not not -> {
                JsonNode part = of(not.part());
                yield part.isBoolean() ? Values.of(!part.booleanValue()) : Values.UNDEFINED;
            }
            case Expression.And and -> and(and);
            case Expression.Or or -> or(or);
            case Expression.Comparison comparison ->
                compare(of(comparison.left()), comparison.operator(), of(comparison.right()));
            case Expression.In in -> in(in);
            case Expression.ArrayOf array -> {
                ArrayNode node = JsonNodeFactory.instance.arrayNode();
                array.elements().stream()
                        .map(this::of)
                        .filter(element -> !element.isMissingNode())
                        .forEach(node::add);
                yield node;
            }
            case Expression.ObjectOf object -> {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                object.members().forEach((name, member) -> {
                    JsonNode value = of(member);
                    if (!value.isMissingNode()) {
                        node.set(name, value);
                    }
                });
                yield node;
            }
        };
    }

    private JsonNode and(Expression.And and) {
        JsonNode left = of(and.left());
        if (Values.isFalse(left)) {
            return left;
        }
        JsonNode right = of(and.right());
        return Values.isFalse(right) || Values.isTrue(left) && Values.isTrue(right) ? right : Values.UNDEFINED;
    }

    private JsonNode or(Expression.Or or) {
        JsonNode left = of(or.left());
        if (Values.isTrue(left)) {
            return left;
        }
        JsonNode right = of(or.right());
        return Values.isTrue(right) || Values.isFalse(left) && Values.isFalse(right) ? right : Values.UNDEFINED;
    }

    private JsonNode in(Expression.In in) {
        JsonNode value = of(in.value());
        if (value.isMissingNode()) {
            return value;
        }
        return Values.of(in.among().stream().anyMatch(other -> Values.isTrue(Values.equal(value, of(other)))));
    }

    private static JsonNode compare(JsonNode left, String operator, JsonNode right) {
        if (operator.equals("=")) {
            return Values.equal(left, right);
        }
        if (operator.equals("!=")) {
            JsonNode equal = Values.equal(left, right);
            return equal.isMissingNode() ? equal : Values.of(!equal.booleanValue());
        }
        if (!Values.comparable(left, right)) {
            return Values.UNDEFINED;
        }
        int compared = Values.sort(left, right);
        return Values.of(
                switch (operator) {
                    case "<" -> compared < 0;
                    case "<=" -> compared <= 0;
                    case ">" -> compared > 0;
                    default -> compared >= 0;
                });
    }
}
