package dev.vitrine.store.cosmos.server;

import dev.vitrine.store.cosmos.server.sql.Query;
import dev.vitrine.store.cosmos.server.sql.QueryPlan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Queries and the change feed.
///
/// @param pageItems how many documents an answer has at most, whatever is asked for
record Feeds(Container container, int pageItems) {

    private static final String ID = "id";

    Reply plan(Request request) {
        Query query = Query.of(Json.read(request.body()));
        container.indexing().reversed(query.order());
        ObjectNode plan = Json.object().put("partitionedQueryExecutionInfoVersion", 2);
        plan.set("queryInfo", new QueryPlan(query).info());
        ArrayNode ranges = plan.putArray("queryRanges");
        range(query).ifPresentOrElse(range -> add(ranges, range), () -> add(ranges, EpkRange.ALL));
        return Reply.of(200, plan);
    }

    private static void add(ArrayNode ranges, EpkRange range) {
        ranges.addObject()
                .put("min", range.min())
                .put("max", range.max())
                .put("isMinInclusive", true)
                .put("isMaxInclusive", false);
    }

    /// Where all documents are that a query can select, if its condition names their partition key.
    private Optional<EpkRange> range(Query query) {
        ArrayNode key = Json.array();
        for (List<String> path : container.key().paths()) {
            List<JsonNode> values = query.candidates(path).map(List::copyOf).orElse(List.of());
            if (values.size() != 1) {
                return Optional.empty();
            }
            key.add(values.getFirst());
        }
        return Optional.of(container.key().range(key));
    }

    Reply query(Request request) {
        Query query = Query.of(Json.read(request.body()));
        boolean reverse = container.indexing().reversed(query.order());
        Scope scope = Scope.of(container, request);
        Partition partition = Sessions.readable(scope.partition(), request);
        List<Item> items = query.candidates(List.of(ID))
                .map(ids -> ids.stream().map(id -> id.asString("")).toList())
                .map(ids -> container.items(partition, scope.range(), ids))
                .orElseGet(() -> container.items(partition, scope.range()));
        QueryRun.Page page =
                new QueryRun(query, reverse, asked(request)).page(items, request.header("x-ms-continuation"));
        return feed(page.results(), page.continuation(), partition)
                .with(
                        "x-ms-cosmos-query-execution-info",
                        "{\"reverseRidEnabled\":false,\"reverseIndexScan\":" + reverse + "}")
                .charged(Charges.query(page.looked(), Json.bytes(page.results()).length));
    }

    private int asked(Request request) {
        String max = request.header("x-ms-max-item-count");
        int asked = max == null ? 100 : Integer.parseInt(max);
        return asked < 1 ? pageItems : Math.min(asked, pageItems);
    }

    /// The latest version of what was written after a mark.
    Reply changes(Request request) {
        Scope scope = Scope.of(container, request);
        Partition partition = scope.partition();
        String mark = request.header("If-None-Match");
        long after = mark == null ? 0 : mark.equals("*") ? partition.lsn() : Long.parseLong(mark.replace("\"", ""));
        List<Item> changed = container.changedAfter(partition, scope.range(), after).stream()
                .limit(asked(request))
                .toList();
        if (changed.isEmpty()) {
            return Reply.of(304, null)
                    .with("ETag", "\"" + partition.lsn() + "\"")
                    .with("x-ms-session-token", partition.sessionToken());
        }
        ArrayNode documents = Json.array();
        changed.forEach(item -> documents.add(item.document().deepCopy().put("_lsn", item.lsn())));
        return feed(documents, null, partition)
                .with("ETag", "\"" + changed.getLast().lsn() + "\"")
                .charged(Charges.query(changed.size(), Json.bytes(documents).length));
    }

    private Reply feed(ArrayNode documents, @Nullable String continuation, Partition partition) {
        ObjectNode body = Json.object().put("_rid", container.rid().toString());
        body.set("Documents", documents);
        body.put("_count", documents.size());
        Reply reply = Reply.of(200, body)
                .with("x-ms-item-count", String.valueOf(documents.size()))
                .with("x-ms-documentdb-partitionkeyrangeid", partition.range().id())
                .with("x-ms-session-token", partition.sessionToken());
        return continuation == null ? reply : reply.with("x-ms-continuation", continuation);
    }
}
