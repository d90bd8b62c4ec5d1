package dev.vitrine.store.cosmos.server;

import dev.vitrine.store.cosmos.server.sql.Query;
import dev.vitrine.store.cosmos.server.sql.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One page of a query's results in one partition.
///
/// @param reverse whether ties come in the reverse order of creation
record QueryRun(Query query, boolean reverse, int pageItems) {

    private static final int MAX_BYTES = 4 * 1024 * 1024;

    /// @param looked how many documents were selected
    record Page(ArrayNode results, @Nullable String continuation, int looked) {}

    /// Where the next page starts.
    ///
    /// @param taken how many results were given before
    private record Mark(Query.Selected last, long taken) {

        String text() {
            ObjectNode mark = Json.object().put("number", last.number()).put("taken", taken);
            ArrayNode sorted = mark.putArray("sorted");
            last.sorted().forEach(value -> {
                ObjectNode term = sorted.addObject();
                if (!value.isMissingNode()) {
                    term.set("value", value);
                }
            });
            return Base64.getEncoder().encodeToString(Json.bytes(mark));
        }

        static Mark of(String text) {
            JsonNode mark = Json.read(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
            List<JsonNode> sorted = new ArrayList<>();
            mark.path("sorted").forEach(term -> sorted.add(term.path("value")));
            return new Mark(
                    new Query.Selected(mark.path("number").longValue(), sorted, Values.UNDEFINED),
                    mark.path("taken").longValue());
        }
    }

    Page page(List<Item> items, @Nullable String continuation) {
        List<Item> selected =
                items.stream().filter(item -> query.selects(item.document())).toList();
        if (query.aggregates()) {
            JsonNode result = query.aggregate(
                    selected.stream().<JsonNode>map(Item::document).toList());
            return new Page(Json.array().add(result), null, 0);
        }
        Mark mark = continuation == null ? null : Mark.of(continuation);
        Comparator<Query.Selected> comparator = query.comparator(reverse);
        List<Query.Selected> rest = selected.stream()
                .flatMap(item -> query.select(item.document(), item.number()).stream())
                .filter(this::isInIndex)
                .filter(row -> mark == null || comparator.compare(row, mark.last()) > 0)
                .sorted(comparator)
                .skip(mark == null && query.offset() != null ? Objects.requireNonNull(query.offset()) : 0)
                .toList();
        return page(rest, mark == null ? 0 : mark.taken());
    }

    /// A composite index has the documents that have all its values.
    private boolean isInIndex(Query.Selected row) {
        return query.order().size() < 2 || row.sorted().stream().noneMatch(JsonNode::isMissingNode);
    }

    private Page page(List<Query.Selected> rest, long taken) {
        long limit = Math.min(
                query.top() == null ? Long.MAX_VALUE : query.top(),
                query.limit() == null ? Long.MAX_VALUE : query.limit());
        long wanted = Math.min(rest.size(), limit - taken);
        ArrayNode results = Json.array();
        int bytes = 0;
        while (results.size() < Math.min(wanted, pageItems)) {
            JsonNode next = rest.get(results.size()).result();
            bytes += Json.bytes(next).length;
            if (bytes > MAX_BYTES && !results.isEmpty()) {
                break;
            }
            results.add(next);
        }
        String continuation =
                results.size() < wanted ? new Mark(rest.get(results.size() - 1), taken + results.size()).text() : null;
        return new Page(results, continuation, results.size());
    }
}
