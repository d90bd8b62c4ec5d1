package dev.vitrine.query;

import dev.vitrine.contract.EntityType;
import dev.vitrine.store.ReadBudget;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Says what to do about a query that was stopped at its budget.
final class Advice {

    private Advice() {}

    /// For the caller, who can ask for less, and for the team that owns the contract, which can declare more.
    static String on(EntityType type, Question question, ReadBudget budget) {
        String stopped = "the query on %s would look at more than %d rows or take longer than %d ms"
                .formatted(type.name(), budget.maxRows(), budget.maxTime().toMillis());
        Set<String> together = new LinkedHashSet<>(question.conditionFields());
        Stream.of(question.sortFields())
                .flatMap(List::stream)
                .map(term -> term.startsWith("-") ? term.substring(1) : term)
                .forEach(together::add);
        if (together.size() > 1) {
            return "%s, because no index holds %s together: narrow one of them, or declare sortable: [[%s]] for %s in the contract"
                    .formatted(stopped, String.join(" and ", together), String.join(", ", together), type.name());
        }
        if (together.isEmpty()) {
            return stopped + ": narrow it by a filter, or do without the exact count";
        }
        return "%s: narrow %s, filter by a second field that the contract marks filterable: true, or do without the exact count"
                .formatted(stopped, String.join(", ", together));
    }
}
