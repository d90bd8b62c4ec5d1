package dev.vitrine.store.cosmos.server.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A query that was read.
///
/// @param root what it calls a document
/// @param top null: all
/// @param offset null where there is no limit
public record Query(
        Select select,
        String root,
        Select.@Nullable Part where,
        List<Term> order,
        @Nullable Long top,
        @Nullable Long offset,
        @Nullable Long limit) {

    /// One term of the order.
    public record Term(Select.Part part, boolean descending) {

        /// The path of the property that it is, such as `i`, `c3`; empty where it is something else.
        public List<String> path() {
            return ExpressionPaths.of(part.expression());
        }
    }

    /// A document that a query selected.
    ///
    /// @param number breaks ties between equal sort values
    /// @param sorted values of the terms of the order
    /// @param result what the query gives of it
    public record Selected(long number, List<JsonNode> sorted, JsonNode result) {}

    /// @param parameters by their names with the `@`
    /// @throws SqlInvalid if it cannot be read
    public static Query parse(String text, Map<String, JsonNode> parameters) {
        return Parser.parse(text, parameters);
    }

    /// As the SDK sends it: `{"query": "…", "parameters": [{"name": "@a", "value": 1}]}`.
    ///
    /// @throws SqlInvalid as above
    public static Query of(JsonNode body) {
        Map<String, JsonNode> parameters = new HashMap<>();
        body.path("parameters")
                .forEach(parameter -> parameters.put(parameter.path("name").stringValue(), parameter.path("value")));
        return parse(body.path("query").stringValue(), parameters);
    }

    /// Whether it gives one value of all documents.
    public boolean aggregates() {
        return select instanceof Select.Value value
                && Aggregates.in(value.part().expression());
    }

    /// The values one of which a document must have at a path to be selected; empty: any.
    public Optional<Set<JsonNode>> candidates(List<String> path) {
        return where == null ? Optional.empty() : ExpressionPaths.candidates(where.expression(), path);
    }

    public boolean selects(JsonNode document) {
        return where == null || Values.isTrue(new Evaluation(document).of(where.expression()));
    }

    /// What becomes of a document that is selected; empty where its result is undefined.
    public Optional<Selected> select(JsonNode document, long number) {
        Evaluation evaluation = new Evaluation(document);
        JsonNode result = Results.of(select, evaluation);
        List<JsonNode> sorted = new ArrayList<>();
        order.forEach(term -> sorted.add(evaluation.of(term.part().expression())));
        return result.isMissingNode() ? Optional.empty() : Optional.of(new Selected(number, sorted, result));
    }

    /// The one value of all documents.
    public JsonNode aggregate(List<JsonNode> documents) {
        Select.Value value = (Select.Value) select;
        return Aggregates.of(value.part().expression(), documents);
    }

    /// The order, ties broken by number.
    ///
    /// @param reverse whether greater numbers come first
    public Comparator<Selected> comparator(boolean reverse) {
        Comparator<Selected> comparator = (left, right) -> 0;
        for (int i = 0; i < order.size(); i++) {
            int index = i;
            Comparator<Selected> term = (left, right) ->
                    Values.sort(left.sorted().get(index), right.sorted().get(index));
            comparator = comparator.thenComparing(order.get(i).descending() ? term.reversed() : term);
        }
        Comparator<Selected> ties = Comparator.comparingLong(Selected::number);
        return comparator.thenComparing(reverse ? ties.reversed() : ties);
    }
}
