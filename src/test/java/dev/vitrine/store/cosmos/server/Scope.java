package dev.vitrine.store.cosmos.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/// Which documents a feed is about: always of one partition key range, as the SDK has to see to.
record Scope(Partition partition, EpkRange range) {

    static Scope of(Container container, Request request) {
        String start = request.header("x-ms-start-epk");
        String end = request.header("x-ms-end-epk");
        EpkRange range = start != null && end != null ? new EpkRange(start, end) : EpkRange.ALL;
        String key = request.header("x-ms-documentdb-partitionkey");
        if (key != null) {
            range = container.key().range((ArrayNode) Json.read(key));
        }
        if (request.header("x-ms-documentdb-partitionkeyrangeid") != null) {
            return new Scope(partition(container, request), range);
        }
        if (key == null) {
            throw Refusal.of(400, 1004, "Cross partition query only supports 'VALUE <AggregateFunc>' for aggregates.");
        }
        return new Scope(container.partition(range.min()), range);
    }

    /// The partition key range that a request names.
    static Partition partition(Container container, Request request) {
        String id = rangeId(request);
        return container.partitions().stream()
                .filter(partition -> partition.range().id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.of(410, 1002, "The partition key range " + id + " is gone"));
    }

    private static @Nullable String rangeId(Request request) {
        String id = request.header("x-ms-documentdb-partitionkeyrangeid");
        return id == null ? null : id.substring(id.indexOf(',') + 1);
    }
}
