package dev.vitrine.contract.odcs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What the standard allows at a place.
sealed interface Shape {

    Shape TEXT = new Text(Pattern.compile("(?s).*"), "text");
    Shape STABLE_ID = new Text(Pattern.compile("[A-Za-z0-9_-]+"), "letters, digits, _ and -");
    Shape FLAG = new Flag();
    Shape WHOLE = new Whole();
    Shape NUMBER = new Number();
    Shape SCALAR = new Scalar();
    Shape ANY = new Any();

    /// Text of a form.
    record Text(Pattern form, String words) implements Shape {}

    /// One of some texts.
    record Choice(Set<String> options) implements Shape {}

    /// A boolean.
    record Flag() implements Shape {}

    /// A number without a fraction.
    record Whole() implements Shape {}

    /// Any number.
    record Number() implements Shape {}

    /// A single value of any type, also nothing.
    record Scalar() implements Shape {}

    /// Anything.
    record Any() implements Shape {}

    /// A list.
    record ListOf(Shape items) implements Shape {}

    /// One shape for a list, another for everything else.
    record ListOr(Shape list, Shape other) implements Shape {}

    /// A mapping with these keys and no others.
    record Section(Map<String, Shape> keys, List<String> required) implements Shape {

        /// With keys of one shape, none of which has to be there.
        static Section of(Shape shape, String... keys) {
            return new Section(Map.of(), List.of()).and(shape, keys);
        }

        /// With these keys too; keys that it has already take the shape.
        Section and(Shape shape, String... more) {
            Map<String, Shape> longer = new HashMap<>(keys);
            for (String key : more) {
                longer.put(key, shape);
            }
            return new Section(longer, required);
        }

        /// With keys that have to be there.
        Section requiring(String... names) {
            return new Section(keys, List.of(names));
        }
    }

    /// A mapping whose keys depend on what it says; also for sections that contain themselves.
    record Depending(Function<Yaml.Table, Section> section) implements Shape {}
}
