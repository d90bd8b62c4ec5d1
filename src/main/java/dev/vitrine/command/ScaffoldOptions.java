package dev.vitrine.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The options of `scaffold`, as far as they can be judged without the table.
///
/// @param table path or URI
/// @param key columns, in order; empty: not given
/// @param problems what is wrong with the options
record ScaffoldOptions(
        Optional<String> table,
        List<String> key,
        Optional<String> product,
        Optional<String> entity,
        List<String> problems) {

    private static final Set<String> NAMES = Set.of("--table", "--key", "--product", "--entity");

    /// Reads `--name=value` and `--name value`. A value may hold spaces, also where a shell or a build tool has cut it
    /// there: words that begin no option belong to the value before them.
    static ScaffoldOptions parse(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        String option = "";
        for (String argument : arguments) {
            if (argument.startsWith("--")) {
                int equals = argument.indexOf('=');
                option = equals < 0 ? argument : argument.substring(0, equals);
                String value = equals < 0 ? "" : argument.substring(equals + 1);
                if (!NAMES.contains(option)) {
                    problems.add(
                            "there is no option %s; there are --table, --key, --product, --entity".formatted(option));
                } else if (values.put(option, value) != null) {
                    problems.add("%s is given twice; give it once".formatted(option));
                }
            } else if (option.isEmpty()) {
                problems.add(
                        "'%s' belongs to no option; write --table=%s if it is the table".formatted(argument, argument));
            } else {
                values.merge(option, argument, (before, word) -> (before + " " + word).strip());
            }
        }
        List<String> key = Stream.of(values.getOrDefault("--key", "").split(","))
                .map(String::strip)
                .filter(column -> !column.isEmpty())
                .toList();
        return new ScaffoldOptions(
                value(values, "--table"),
                key,
                value(values, "--product"),
                value(values, "--entity"),
                List.copyOf(problems));
    }

    private static Optional<String> value(Map<String, String> values, String option) {
        return Optional.ofNullable(values.get(option)).filter(value -> !value.isBlank());
    }
}
