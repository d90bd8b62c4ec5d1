package dev.vitrine.contract.odcs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `customProperties` of a section. Unknown ones are none of our business, unless they look like a misspelt one of
/// ours: a `rowFliter` that is passed over opens every row.
final class Custom {

    private static final int SHORTEST_MISSPELT = 6;

    private final Problems problems;
    private final Map<String, Yaml> values = new LinkedHashMap<>();

    private Custom(Problems problems) {
        this.problems = problems;
    }

    /// Of a section.
    ///
    /// @param known the ones that mean something to us here
    static Custom of(Yaml.Table owner, Set<String> known, Problems problems) {
        Custom custom = new Custom(problems);
        for (Yaml.Table entry : owner.tables("customProperties")) {
            String name = entry.text("property");
            Yaml value = entry.get("value");
            if (name == null || value == null) {
                continue;
            }
            if (known.contains(name) && custom.values.putIfAbsent(name, value) != null) {
                problems.add(entry, "the custom property '" + name + "' is written twice", "Keep one");
            } else if (!known.contains(name)) {
                Names.meant(name, known)
                        // a short word may be near one of ours by chance
                        .filter(meant -> meant.length() >= SHORTEST_MISSPELT)
                        .ifPresent(meant -> problems.add(
                                entry.at("property"),
                                "the custom property '" + name + "' means nothing here",
                                "Write " + meant + ", or a name that is less like it"));
            }
        }
        return custom;
    }

    @Nullable
    Yaml get(String name) {
        return values.get(name);
    }

    boolean flag(String name) {
        Yaml value = values.get(name);
        if (value == null) {
            return false;
        }
        if (value instanceof Yaml.Leaf leaf && leaf.value() instanceof Boolean flag) {
            return flag;
        }
        problems.add(value, "'" + name + "' is " + value.kind(), "Write true or false");
        return false;
    }

    @Nullable
    String text(String name) {
        Yaml value = values.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Yaml.Leaf leaf && leaf.value() instanceof String text) {
            return text;
        }
        problems.add(value, "'" + name + "' is " + value.kind(), "Write text");
        return null;
    }

    /// A list of texts; a number or boolean in it counts as its text.
    List<String> texts(String name) {
        Yaml value = values.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Yaml.Items items
                && items.values().stream().allMatch(item -> item instanceof Yaml.Leaf leaf && leaf.value() != null)) {
            return items.values().stream()
                    .map(item -> ((Yaml.Leaf) item).text())
                    .toList();
        }
        problems.add(value, "'" + name + "' is no list of texts", "Write " + name + " as [a, b]");
        return List.of();
    }
}
