package dev.vitrine.store.cosmos.server;

import java.util.ArrayList;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers what is asked of one container: its partition key ranges and its documents.
record ContainerDoors(Container container, Faults faults, int pageItems) {

    /// @param operation what it is, by its whole address
    /// @param request with the path below the container
    Reply handle(Operation operation, Request request) {
        if (request.path().getFirst().equals("pkranges")) {
            return ranges(request);
        }
        return switch (operation) {
            case METADATA -> throw Refusal.notFound(String.join("/", request.path()));
            case BATCH -> new Batches(container, faults).atomic(request);
            case BULK -> new Batches(container, faults).bulk(request);
            case QUERY_PLAN -> new Feeds(container, pageItems).plan(request);
            case QUERY -> new Feeds(container, pageItems).query(request);
            case CHANGE_FEED -> new Feeds(container, pageItems).changes(request);
            case READ, CREATE, UPSERT, REPLACE, PATCH, DELETE -> item(operation, request);
        };
    }

    private Reply item(Operation operation, Request request) {
        ItemOperation asked = ItemOperation.of(operation, request);
        Documents documents = new Documents(container);
        Outcome outcome = operation == Operation.READ ? documents.read(asked, request) : documents.apply(asked);
        Item item = outcome.item();
        Partition partition = container.partition(documents.epk(asked));
        Reply reply = Reply.of(outcome.status(), item == null || outcome.status() == 304 ? null : item.document())
                .charged(outcome.charge())
                .with("x-ms-session-token", partition.sessionToken())
                .with("x-ms-documentdb-partitionkeyrangeid", partition.range().id());
        if (item != null) {
            reply = reply.with("ETag", item.etag());
        }
        return operation != Operation.READ && request.is("Prefer", "return=minimal") ? reply.withoutBody() : reply;
    }

    private Reply ranges(Request request) {
        String etag = "\"ranges-" + container.partitions().size() + "\"";
        if (etag.equals(request.header("If-None-Match"))) {
            return Reply.of(304, null).with("ETag", etag);
        }
        ArrayNode ranges = Json.array();
        for (Partition partition : new ArrayList<>(container.partitions())) {
            PartitionRange range = partition.range();
            ObjectNode description = ranges.addObject();
            description
                    .put("id", range.id())
                    .put(
                            "_rid",
                            Rids.range(
                                    container.rid().database(),
                                    container.rid().container(),
                                    Long.parseLong(range.id()) + 1))
                    .put("minInclusive", range.epks().min())
                    .put("maxExclusive", range.epks().max())
                    .put("ridPrefix", 0)
                    .put("throughputFraction", 1.0 / container.partitions().size())
                    .put("status", "online");
            description.putArray("parents");
        }
        ObjectNode body = Json.object().put("_rid", container.rid().toString());
        body.set("PartitionKeyRanges", ranges);
        body.put("_count", ranges.size());
        return Reply.of(200, body).with("ETag", etag).with("x-ms-item-count", String.valueOf(ranges.size()));
    }
}
