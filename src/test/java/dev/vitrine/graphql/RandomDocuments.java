package dev.vitrine.graphql;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Documents of a schema: mostly ones that can be run, some with a value of the wrong type, some with broken text.
record RandomDocuments(GraphQLSchema schema, RandomGenerator random) {

    private static final List<String> VALUES = List.of(
            "1",
            "-1",
            "0",
            "3",
            "1.50",
            "1e400",
            "99999999999999999999",
            "\"\"",
            "\"EUROPE\"",
            "\"o001\"",
            "\"2026-01-06\"",
            "\"2026-01-06T10:00:00Z\"",
            "\"é\\u0000😀\"",
            "true",
            "null",
            "[]",
            "{}",
            "[[1]]",
            "ASC",
            "$v");

    String next() {
        String document = (random.nextInt(4) == 0 ? "query($v: Long) " : "") + selections(schema.getQueryType(), 5);
        return random.nextInt(5) == 0 ? broken(document) : document;
    }

    private String broken(String document) {
        StringBuilder text = new StringBuilder(document);
        for (int i = 0; i < 3; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 ->
                    text.insert(
                            at, pick(List.of("{", "}", "(", ":", "...", "@skip(if: true)", "\"", "#", "\u0000", "é")));
                default -> text.setCharAt(at, (char) (32 + random.nextInt(96)));
            }
        }
        return text.toString();
    }

    private String selections(GraphQLObjectType type, int depth) {
        return IntStream.rangeClosed(0, random.nextInt(1, 4))
                .mapToObj(i -> selection(type, depth, i))
                .collect(Collectors.joining(" ", "{ ", " }"));
    }

    private String selection(GraphQLObjectType type, int depth, int number) {
        List<GraphQLFieldDefinition> fields = type.getFieldDefinitions().stream()
                .filter(field ->
                        depth > 0 || !(GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLObjectType))
                .toList();
        if (fields.isEmpty() || random.nextInt(20) == 0) {
            return "__typename";
        }
        GraphQLFieldDefinition field = pick(fields);
        String alias = random.nextInt(3) == 0 ? "" : "a" + number + "_" + random.nextInt(1_000) + ": ";
        String below = GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLObjectType object
                ? " " + selections(object, depth - 1)
                : "";
        return alias + field.getName() + arguments(field.getArguments()) + below;
    }

    private String arguments(List<GraphQLArgument> arguments) {
        String given = arguments.stream()
                .filter(argument -> argument.getType() instanceof GraphQLNonNull || random.nextInt(3) == 0)
                .map(argument -> argument.getName() + ": " + value(argument.getType()))
                .collect(Collectors.joining(", "));
        return given.isEmpty() ? "" : "(" + given + ")";
    }

    private String value(GraphQLType type) {
        if (random.nextInt(12) == 0) {
            return pick(VALUES);
        }
        return switch (type) {
            case GraphQLNonNull required -> value(required.getWrappedType());
            case GraphQLList list -> "[" + value(list.getWrappedType()) + ", " + value(list.getWrappedType()) + "]";
            case GraphQLEnumType choice -> pick(choice.getValues()).getName();
            case GraphQLInputObjectType input ->
                input.getFieldDefinitions().stream()
                        .filter(field -> random.nextInt(3) == 0 || field.getType() instanceof GraphQLNonNull)
                        .map(field -> field.getName() + ": " + value(field.getType()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> scalar(GraphQLTypeUtil.simplePrint(type));
        };
    }

    private String scalar(String name) {
        return switch (name) {
            case "Long", "Decimal", "Int" -> String.valueOf(random.nextInt(-2, 70));
            case "Boolean" -> String.valueOf(random.nextBoolean());
            case "Date" -> "\"2020-01-%02d\"".formatted(random.nextInt(1, 29));
            case "DateTime" -> "\"2026-01-06T10:00:%02dZ\"".formatted(random.nextInt(60));
            case "LocalDateTime" -> "\"2026-01-06T10:00:%02d\"".formatted(random.nextInt(60));
            default -> pick(List.of("\"EUROPE\"", "\"N1\"", "\"o001\"", "\"\"", "\"FR\""));
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
