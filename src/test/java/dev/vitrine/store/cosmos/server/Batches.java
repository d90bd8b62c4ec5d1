package dev.vitrine.store.cosmos.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// Many operations in one request: all or none in one logical partition, or each by itself in a partition key range.
record Batches(Container container, Faults faults) {

    private static final int MAX_OPERATIONS = 100;
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    Reply atomic(Request request) {
        String header = request.header("x-ms-documentdb-partitionkey");
        if (header == null) {
            throw Refusal.badRequest("A batch needs a partition key");
        }
        ArrayNode key = (ArrayNode) Json.read(header);
        List<ItemOperation> operations = operations(request, key);
        List<Outcome> outcomes = container.exclusively(() -> applyAll(operations));
        return reply(
                outcomes, Duration.ZERO, container.partition(container.key().epk(key)));
    }

    private List<Outcome> applyAll(List<ItemOperation> operations) {
        List<Outcome> outcomes = new ArrayList<>();
        for (ItemOperation operation : operations) {
            Outcome outcome = apply(operation);
            outcomes.add(outcome);
            if (!outcome.succeeded()) {
                container.restore(outcomes.stream()
                        .map(Outcome::change)
                        .filter(change -> change != null)
                        .toList());
                return operations.stream()
                        .map(other -> other == operation ? outcome : Outcome.notDone())
                        .toList();
            }
        }
        return outcomes;
    }

    Reply bulk(Request request) {
        Partition partition = Scope.partition(container, request);
        Duration retryAfter = Duration.ZERO;
        List<Outcome> outcomes = new ArrayList<>();
        for (ItemOperation operation : operations(request, null)) {
            if (faults.next(operation.kind()).orElse(null) instanceof Fault.Effect.Status status) {
                retryAfter = status.retryAfter();
                outcomes.add(new Outcome(status.code(), status.substatus(), null, null, 0));
            } else {
                outcomes.add(apply(operation));
            }
        }
        return reply(outcomes, retryAfter, partition);
    }

    private Outcome apply(ItemOperation operation) {
        try {
            return new Documents(container).apply(operation);
        } catch (Refusal refusal) {
            return Outcome.failed(refusal);
        }
    }

    private static List<ItemOperation> operations(Request request, @Nullable ArrayNode key) {
        JsonNode body = Json.read(request.body());
        if (body.size() > MAX_OPERATIONS) {
            throw Refusal.badRequest("Batch request has more operations than what is supported: " + body.size());
        }
        if (request.body().length > MAX_BYTES) {
            throw Refusal.tooLarge("Batch request is too large: " + request.body().length + " bytes");
        }
        List<ItemOperation> operations = new ArrayList<>();
        body.forEach(operation -> operations.add(ItemOperation.of(operation, key)));
        return operations;
    }

    private static Reply reply(List<Outcome> outcomes, Duration retryAfter, Partition partition) {
        ArrayNode results = Json.array();
        outcomes.forEach(outcome -> results.add(outcome.inBatch(retryAfter.toMillis())));
        boolean all = outcomes.stream().allMatch(Outcome::succeeded);
        return Reply.of(all ? 200 : 207, results)
                .with("x-ms-session-token", partition.sessionToken())
                .charged(outcomes.stream().mapToDouble(Outcome::charge).sum());
    }
}
