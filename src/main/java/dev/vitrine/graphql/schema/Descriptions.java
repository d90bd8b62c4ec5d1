package dev.vitrine.graphql.schema;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType.StringType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the schema says about things, from the words of the contract.
final class Descriptions {

    private Descriptions() {}

    static @Nullable String of(EntityType type) {
        return sentences(type.title(), type.description());
    }

    /// Of a field in an answer.
    ///
    /// @param name of the field in GraphQL
    static @Nullable String of(Field field, String name) {
        List<String> parts = parts(field, name);
        if (field.classification() != null) {
            parts.add("Null, with an error of code `forbidden`, for callers who may not see fields classified `%s`."
                    .formatted(field.classification()));
        }
        return join(parts);
    }

    /// Of a field to filter by.
    static @Nullable String ofFilter(Field field, String name) {
        List<String> parts = parts(field, name);
        if (field.classification() != null) {
            parts.add("Refused for callers who may not see fields classified `%s`.".formatted(field.classification()));
        }
        return join(parts);
    }

    private static List<String> parts(Field field, String name) {
        List<String> parts = new ArrayList<>();
        String said = sentences(field.title(), field.description());
        if (said != null) {
            parts.add(said);
        }
        if (!name.equals(field.name())) {
            parts.add("Called `%s` in the contract and in REST.".formatted(field.name()));
        }
        if (field.type() instanceof StringType text && !text.enumeration().isEmpty()) {
            parts.add("One of " + code(text.enumeration().stream()) + ".");
        } else if (!field.examples().isEmpty()) {
            parts.add("For example " + code(field.examples().stream()) + ".");
        }
        return parts;
    }

    private static @Nullable String join(List<String> parts) {
        return parts.isEmpty() ? null : String.join("\n\n", parts);
    }

    private static @Nullable String sentences(@Nullable String title, @Nullable String description) {
        String text = Stream.of(title, description)
                .flatMap(Stream::ofNullable)
                .map(String::strip)
                .map(part -> part.matches("(?s).*[.!?:]") ? part : part + ".")
                .collect(Collectors.joining(" "));
        return text.isEmpty() ? null : text;
    }

    private static String code(Stream<?> values) {
        return values.map(value -> "`" + value + "`").collect(Collectors.joining(", "));
    }
}
