package dev.vitrine.contract.odcs;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A value of a YAML document that knows where it stands.
sealed interface Yaml {

    /// 1-based line.
    int line();

    /// `schema[0].properties[2].logicalType`; empty at the root.
    String path();

    /// The value in plain Java: [Map], [List], [String], [Boolean], [Long], [BigDecimal] or null.
    @Nullable
    Object plain();

    /// What people call it.
    String kind();

    /// `key: value` pairs, in order.
    record Table(int line, String path, Map<String, Yaml> entries) implements Yaml {

        @Override
        public Map<String, @Nullable Object> plain() {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            entries.forEach((key, value) -> plain.put(key, value.plain()));
            return plain;
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        /// The value of a key; null where the key is absent or its value is empty.
        @Nullable
        Yaml get(String key) {
            Yaml value = entries.get(key);
            return value instanceof Leaf leaf && leaf.value() == null ? null : value;
        }

        /// Where a key stands, or this mapping where it is absent.
        Yaml at(String key) {
            return entries.getOrDefault(key, this);
        }

        /// A string; null where there is none (a value of another kind is the standard check's business).
        @Nullable
        String text(String key) {
            return get(key) instanceof Leaf leaf && leaf.value() instanceof String text ? text : null;
        }

        @Nullable
        Boolean flag(String key) {
            return get(key) instanceof Leaf leaf && leaf.value() instanceof Boolean flag ? flag : null;
        }

        /// A whole number that fits.
        @Nullable
        Long whole(String key) {
            return get(key) instanceof Leaf leaf && leaf.value() instanceof Long whole ? whole : null;
        }

        /// A mapping, empty where there is none.
        Table table(String key) {
            return get(key) instanceof Table table ? table : new Table(line, path, Map.of());
        }

        /// The values of a list, none where there is none.
        List<Yaml> list(String key) {
            return get(key) instanceof Items items ? items.values() : List.of();
        }

        /// The mappings of a list.
        List<Table> tables(String key) {
            return list(key).stream()
                    .flatMap(value -> value instanceof Table table ? Stream.of(table) : Stream.empty())
                    .toList();
        }
    }

    /// `- value` items.
    record Items(int line, String path, List<Yaml> values) implements Yaml {

        @Override
        public List<@Nullable Object> plain() {
            List<@Nullable Object> plain = new ArrayList<>();
            values.forEach(value -> plain.add(value.plain()));
            return plain;
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /// A single value.
    ///
    /// @param value a [String], [Boolean], [Long], [BigDecimal] or null
    /// @param text as it was written
    record Leaf(int line, String path, @Nullable Object value, String text) implements Yaml {

        @Override
        public @Nullable Object plain() {
            return value;
        }

        @Override
        public String kind() {
            return switch (Objects.requireNonNullElse(value, "")) {
                case Boolean flag -> "the boolean " + flag;
                case Number number -> "the number " + text;
                case Object other -> value == null ? "nothing" : "the text '" + text + "'";
            };
        }

        /// The value as a number; null where it is none.
        @Nullable
        BigDecimal number() {
            return switch (value) {
                case Long whole -> BigDecimal.valueOf(whole);
                case BigDecimal number -> number;
                case null -> null;
                case Object other -> null;
            };
        }
    }
}
