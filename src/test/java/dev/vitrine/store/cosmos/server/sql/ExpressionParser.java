package dev.vitrine.store.cosmos.server.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/// Reads an expression; parameters become their values.
final class ExpressionParser {

    private final Words words;
    private final Map<String, JsonNode> parameters;
    private @Nullable String root;

    ExpressionParser(Words words, Map<String, JsonNode> parameters) {
        this.words = words;
        this.parameters = parameters;
    }

    /// How documents are called.
    void root(String name) {
        root = name;
    }

    Expression expression() {
        Expression left = and();
        while (words.skip("OR")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (words.skip("AND")) {
            left = new Expression.And(left, not());
        }
        return left;
    }

    private Expression not() {
        return words.skip("NOT") ? new Expression.Not(not()) : comparison();
    }

    private Expression comparison() {
        Expression left = primary();
        if (words.skip("NOT")) {
            words.expect("IN");
            return new Expression.Not(in(left));
        }
        if (words.skip("IN")) {
            return in(left);
        }
        for (String operator : List.of("=", "!=", "<>", "<=", ">=", "<", ">")) {
            if (words.skip(operator)) {
                return new Expression.Comparison(left, operator.equals("<>") ? "!=" : operator, primary());
            }
        }
        return left;
    }

    private Expression in(Expression value) {
        words.expect("(");
        return new Expression.In(value, list(")"));
    }

    private List<Expression> list(String end) {
        List<Expression> elements = new ArrayList<>();
        if (words.skip(end)) {
            return elements;
        }
        do {
            elements.add(expression());
        } while (words.skip(","));
        words.expect(end);
        return elements;
    }

    Expression primary() {
        Expression value = start();
        while (true) {
            if (words.skip(".")) {
                value = new Expression.Member(value, words.name());
            } else if (words.skip("[")) {
                Token token = words.take();
                value = token.kind() == Token.Kind.NUMBER
                        ? new Expression.Element(value, Integer.parseInt(token.text()))
                        : new Expression.Member(value, token.text());
                words.expect("]");
            } else {
                return value;
            }
        }
    }

    private Expression start() {
        Token token = words.take();
        return switch (token.kind()) {
            case STRING -> literal(StringNode.valueOf(token.text()));
            case NUMBER -> literal(DoubleNode.valueOf(Double.parseDouble(token.text())));
            case PARAMETER -> parameter(token.text());
            case NAME -> named(token.text());
            case SYMBOL -> bracketed(token);
            case END -> throw words.unexpected("a value");
        };
    }

    private Expression bracketed(Token token) {
        switch (token.text()) {
            case "(" -> {
                Expression inner = expression();
                words.expect(")");
                return inner;
            }
            case "[" -> {
                return new Expression.ArrayOf(list("]"));
            }
            case "{" -> {
                return object();
            }
            case "-" -> {
                return literal(
                        DoubleNode.valueOf(-Double.parseDouble(words.take().text())));
            }
            default -> throw words.unexpected("a value");
        }
    }

    private Expression object() {
        Map<String, Expression> members = new LinkedHashMap<>();
        if (words.skip("}")) {
            return new Expression.ObjectOf(members);
        }
        do {
            String name = words.take().text();
            words.expect(":");
            members.put(name, expression());
        } while (words.skip(","));
        words.expect("}");
        return new Expression.ObjectOf(members);
    }

    private Expression named(String name) {
        if (words.skip("(")) {
            return new Expression.Call(name.toUpperCase(Locale.ROOT), list(")"));
        }
        if (name.equals(root)) {
            return new Expression.Root();
        }
        return literal(
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "true" -> BooleanNode.TRUE;
                    case "false" -> BooleanNode.FALSE;
                    case "null" -> NullNode.instance;
                    case "undefined" -> Values.UNDEFINED;
                    default -> throw new SqlInvalid("Identifier '" + name + "' could not be resolved.");
                });
    }

    private Expression parameter(String name) {
        JsonNode value = parameters.get(name);
        if (value == null) {
            throw new SqlInvalid("The parameter '" + name + "' is not supplied.");
        }
        return literal(value);
    }

    private static Expression literal(JsonNode value) {
        return new Expression.Literal(value);
    }
}
