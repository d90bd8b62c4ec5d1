package dev.vitrine.contract.odcs;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.RowFilter;
import dev.vitrine.contract.RowFilter.Operand;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.contract.ScalarValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses a row filter. `not` binds tighter than `and`, `and` tighter than `or`; keywords in any case.
///
/// ```
/// filter     = both { "or" both }
/// both       = single { "and" single }
/// single     = "not" single | "(" filter ")" | field operator operand | field ["not"] "in" "(" operand {"," operand}
/// ")"
/// operator   = "=" | "!=" | "<>" | "<" | "<=" | ">" | ">="
/// operand    = 'text' (a quote in it is doubled) | number | true | false | ${claim.name}
/// field      = name, or "name" where it is like a keyword
/// ```
final class RowFilterParser {

    /// What is wrong, and where.
    static final class Malformed extends Exception {
        Malformed(int position, String message) {
            super("at character " + (position + 1) + ": " + message);
        }
    }

    private record Token(int position, String kind, String text) {}

    private static final Pattern TOKEN = Pattern.compile("(?<space>\\s+)|(?<text>'(?:[^']|'')*+')"
            + "|(?<claim>\\$\\{claim\\.[^}]+\\})|(?<quoted>\"[^\"]+\")"
            + "|(?<number>[-+]?[0-9][0-9.]*(?:[eE][-+]?[0-9]+)?)|(?<word>[\\p{L}_][\\p{L}\\p{M}\\p{N}_.-]*)"
            + "|(?<operator><=|>=|!=|<>|=|<|>)|(?<mark>[(),])");

    private static final List<String> KINDS = List.of("text", "claim", "quoted", "number", "word", "operator", "mark");

    private static final Map<String, Operator> OPERATORS = Map.of(
            "=",
            Operator.EQ,
            "!=",
            Operator.NE,
            "<>",
            Operator.NE,
            "<",
            Operator.LT,
            "<=",
            Operator.LE,
            ">",
            Operator.GT,
            ">=",
            Operator.GE);

    private static final int MAX_LENGTH = 10_000;
    private static final int MAX_DEPTH = 50;

    private final EntityType entity;
    private final List<Token> tokens;
    private int next;
    private int depth;

    private RowFilterParser(EntityType entity, String text) throws Malformed {
        this.entity = entity;
        this.tokens = tokens(text);
    }

    /// @throws Malformed with the first thing that is wrong
    static RowFilter parse(String text, EntityType entity) throws Malformed {
        RowFilterParser parser = new RowFilterParser(entity, text);
        RowFilter filter = parser.any();
        Token rest = parser.tokens.get(parser.next);
        if (!rest.kind().equals("end")) {
            throw new Malformed(rest.position(), "'" + rest.text() + "' is not expected; join conditions with and/or");
        }
        return filter;
    }

    private static List<Token> tokens(String text) throws Malformed {
        if (text.length() > MAX_LENGTH) {
            throw new Malformed(MAX_LENGTH, "the filter is too long");
        }
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int position = 0;
        while (position < text.length()) {
            if (!matcher.region(position, text.length()).lookingAt()) {
                String rest = text.substring(position, Math.min(text.length(), position + 10));
                throw new Malformed(
                        position,
                        rest.startsWith("'") ? "the quote is not closed" : "'" + rest + "' is not understood");
            }
            for (String kind : KINDS) {
                if (matcher.group(kind) != null) {
                    tokens.add(new Token(position, kind, matcher.group()));
                }
            }
            position = matcher.end();
        }
        tokens.add(new Token(text.length(), "end", "the end"));
        return tokens;
    }

    private RowFilter any() throws Malformed {
        List<RowFilter> parts = new ArrayList<>(List.of(all()));
        while (accept("or")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.getFirst() : new RowFilter.Or(List.copyOf(parts));
    }

    private RowFilter all() throws Malformed {
        List<RowFilter> parts = new ArrayList<>(List.of(single()));
        while (accept("and")) {
            parts.add(single());
        }
        return parts.size() == 1 ? parts.getFirst() : new RowFilter.And(List.copyOf(parts));
    }

    private RowFilter single() throws Malformed {
        if (++depth > MAX_DEPTH) {
            throw new Malformed(tokens.get(next).position(), "the filter is nested too deeply");
        }
        RowFilter filter;
        if (accept("not")) {
            filter = new RowFilter.Not(single());
        } else if (accept("(")) {
            filter = any();
            expect(")");
        } else {
            filter = condition();
        }
        depth--;
        return filter;
    }

    private RowFilter condition() throws Malformed {
        FieldPath field = field();
        if (accept("not")) {
            expect("in");
            return new RowFilter.Not(in(field));
        }
        if (accept("in")) {
            return in(field);
        }
        Token token = tokens.get(next++);
        Operator operator = OPERATORS.get(token.text());
        if (operator == null || !token.kind().equals("operator")) {
            throw new Malformed(
                    token.position(), "after a field comes =, !=, <, <=, >, >= or in, not '" + token.text() + "'");
        }
        return new RowFilter.Comparison(field, operator, operand(field));
    }

    private RowFilter in(FieldPath field) throws Malformed {
        expect("(");
        List<Operand> operands = new ArrayList<>(List.of(operand(field)));
        while (accept(",")) {
            operands.add(operand(field));
        }
        expect(")");
        return new RowFilter.In(field, List.copyOf(operands));
    }

    private FieldPath field() throws Malformed {
        Token token = tokens.get(next++);
        if (!token.kind().equals("word") && !token.kind().equals("quoted")) {
            throw new Malformed(token.position(), "here stands " + token.text() + " where a field is expected");
        }
        String name = token.text().replace("\"", "");
        FieldPath field = entity.field(name)
                .orElseThrow(() -> new Malformed(token.position(), entity.name() + " has no field '" + name + "'"));
        if (!(field.field().type() instanceof FieldType.Scalar)
                || field.field().type() instanceof FieldType.BinaryType) {
            throw new Malformed(token.position(), "'" + name + "' has no single value that can be compared");
        }
        return field;
    }

    private Operand operand(FieldPath field) throws Malformed {
        Token token = tokens.get(next++);
        String text = token.text();
        if (token.kind().equals("claim")) {
            return new Operand.Claim(text.substring("${claim.".length(), text.length() - 1));
        }
        FieldType.Scalar type = (FieldType.Scalar) field.field().type();
        String kind = kind(type);
        boolean fits = switch (kind) {
            case "number" -> token.kind().equals("number");
            case "word" -> token.kind().equals("word");
            default -> token.kind().equals("text");
        };
        if (!fits) {
            String wanted = switch (kind) {
                case "number" -> "a number";
                case "word" -> "true or false";
                default -> "a value in single quotes";
            };
            throw new Malformed(
                    token.position(), "'" + field.name() + "' is compared with " + wanted + ", not with " + text);
        }
        String value = kind.equals("text")
                ? text.substring(1, text.length() - 1).replace("''", "'")
                : text.toLowerCase(Locale.ROOT);
        try {
            return new Operand.Literal(ScalarValues.parse(type, value));
        } catch (IllegalArgumentException e) {
            throw new Malformed(token.position(), String.valueOf(e.getMessage()));
        }
    }

    /// The kind of token that a literal of the type is.
    private static String kind(FieldType.Scalar type) {
        return switch (type) {
            case FieldType.IntegerType integer -> "number";
            case FieldType.DecimalType decimal -> "number";
            case FieldType.NumberType number -> "number";
            case FieldType.BooleanType bool -> "word";
            case FieldType.StringType string -> "text";
            case FieldType.BinaryType binary -> "text";
            case FieldType.DateType date -> "text";
            case FieldType.TimeType time -> "text";
            case FieldType.TimestampType timestamp -> "text";
            case FieldType.LocalTimestampType timestamp -> "text";
        };
    }

    private boolean accept(String text) {
        Token token = tokens.get(next);
        boolean matches = (token.kind().equals("word") || token.kind().equals("mark"))
                && token.text().equalsIgnoreCase(text);
        if (matches) {
            next++;
        }
        return matches;
    }

    private void expect(String text) throws Malformed {
        if (!accept(text)) {
            Token token = tokens.get(next);
            throw new Malformed(token.position(), "here stands " + token.text() + " where " + text + " is expected");
        }
    }
}
