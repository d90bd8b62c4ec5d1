package dev.vitrine.graphql.fetch;

import dev.vitrine.query.InvalidQuery;
import dev.vitrine.query.InvalidQuery.Fault;
import dev.vitrine.query.Selection;
import dev.vitrine.query.Selection.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the arguments of a connection.
///
/// @param filter what its argument of that name means
public record CollectionArguments(FilterShape filter) {

    /// How many entities a page has at most, and unless asked for.
    public static final int MAX_FIRST = 200;

    /// See [#MAX_FIRST].
    public static final int DEFAULT_FIRST = 20;

    /// @param fields of the entities that are needed; null: all
    /// @param count whether the total is wanted
    /// @throws InvalidQuery with everything that is wrong with the arguments themselves
    Selection read(Map<String, ?> arguments, @Nullable List<String> fields, boolean count) {
        List<Fault> faults = new ArrayList<>();
        List<Condition> conditions =
                arguments.get("filter") instanceof Map<?, ?> given ? filter.read("filter", given, faults) : List.of();
        int first = arguments.get("first") instanceof Integer number ? number : DEFAULT_FIRST;
        if (first < 1 || first > MAX_FIRST) {
            faults.add(new Fault(
                    "first", "invalid-limit", "%d is not a whole number from 1 to %d".formatted(first, MAX_FIRST)));
        }
        if (!faults.isEmpty()) {
            throw new InvalidQuery(faults);
        }
        return new Selection(
                conditions, sort(arguments.get("sort")), first, (String) arguments.get("after"), fields, count);
    }

    /// Terms as REST writes them.
    private static List<String> sort(@Nullable Object argument) {
        if (!(argument instanceof List<?> terms)) {
            return List.of();
        }
        return terms.stream()
                .map(term -> (Map<?, ?>) term)
                .map(term -> (Boolean.TRUE.equals(term.get("direction")) ? "-" : "") + term.get("field"))
                .toList();
    }
}
