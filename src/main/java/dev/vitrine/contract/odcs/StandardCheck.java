package dev.vitrine.contract.odcs;

import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;

/// Holds a document against the standard.
final class StandardCheck {

    private final Problems problems;

    StandardCheck(Problems problems) {
        this.problems = problems;
    }

    /// Adds a problem for everything that the standard does not allow.
    void check(Yaml value, Shape shape) {
        switch (shape) {
            case Shape.Any any -> {}
            case Shape.Scalar scalar -> expect(value instanceof Yaml.Leaf, value, "a single value", "");
            case Shape.Flag flag -> expect(leaf(value) instanceof Boolean, value, "a boolean", "Write true or false");
            case Shape.Whole whole -> expect(leaf(value) instanceof Long, value, "a whole number", "");
            case Shape.Number number -> expect(leaf(value) instanceof Number, value, "a number", "");
            case Shape.Text text -> text(value, text);
            case Shape.Choice choice -> choice(value, choice.options());
            case Shape.ListOf list -> list(value, list.items());
            case Shape.ListOr either -> check(value, value instanceof Yaml.Items ? either.list() : either.other());
            case Shape.Section section -> section(value, section);
            case Shape.Depending depending -> {
                if (value instanceof Yaml.Table table) {
                    section(value, depending.section().apply(table));
                } else {
                    expect(false, value, "a mapping", "");
                }
            }
        }
    }

    private void text(Yaml value, Shape.Text shape) {
        if (!(leaf(value) instanceof String text)) {
            boolean quotable =
                    leaf(value) instanceof BigDecimal || leaf(value) instanceof Long || leaf(value) instanceof Boolean;
            String fix = quotable ? "Put it in quotes: \"" + ((Yaml.Leaf) value).text() + "\"" : "";
            expect(false, value, "text", fix);
        } else if (!shape.form().matcher(text).matches()) {
            problems.add(
                    value, "'" + text + "' has a form that the standard does not allow here", "Use " + shape.words());
        }
    }

    private void choice(Yaml value, Set<String> options) {
        if (!(leaf(value) instanceof String text)) {
            expect(false, value, "text", "Use one of " + sorted(options));
        } else if (!options.contains(text)) {
            String fix = Names.meant(text, options)
                    .map(meant -> "Did you mean '" + meant + "'?")
                    .orElse("Use one of " + sorted(options));
            problems.add(value, "'" + text + "' is none of the values that the standard allows here", fix);
        }
    }

    private void list(Yaml value, Shape items) {
        if (value instanceof Yaml.Items list) {
            list.values().forEach(item -> check(item, items));
        } else {
            expect(false, value, "a list", "Begin each item with a dash");
        }
    }

    private void section(Yaml value, Shape.Section section) {
        if (!(value instanceof Yaml.Table table)) {
            expect(false, value, "a mapping", "");
            return;
        }
        for (String key : section.required()) {
            if (!table.entries().containsKey(key)) {
                problems.add(table, "'" + key + "' is missing; the standard requires it", "Add " + key + ": …");
            }
        }
        table.entries().forEach((key, inner) -> {
            Shape shape = section.keys().get(key);
            if (shape == null) {
                String fix = Names.meant(key, section.keys().keySet())
                        .map(meant -> "Did you mean '" + meant + "'?")
                        .orElse("Remove it or put it under customProperties; allowed here: "
                                + sorted(section.keys().keySet()));
                problems.add(inner, "the standard knows no key '" + key + "' here", fix);
            } else {
                check(inner, shape);
            }
        });
    }

    private void expect(boolean holds, Yaml value, String expected, String fix) {
        if (!holds) {
            problems.add(
                    value,
                    "here stands " + value.kind() + " where the standard wants " + expected,
                    fix.isEmpty() ? "Write " + expected : fix);
        }
    }

    private static Object leaf(Yaml value) {
        return value instanceof Yaml.Leaf leaf && leaf.value() != null ? leaf.value() : Set.of();
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }
}
