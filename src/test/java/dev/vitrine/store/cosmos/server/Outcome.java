package dev.vitrine.store.cosmos.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What came of an operation on one document.
///
/// @param change null where nothing was written
/// @param item what is there now; null: nothing, or it failed
record Outcome(
        int status,
        int substatus,
        Container.@Nullable Change change,
        @Nullable Item item,
        double charge) {

    static Outcome failed(Refusal refusal) {
        return new Outcome(refusal.status(), refusal.substatus(), null, null, 1);
    }

    /// In a batch that failed for another operation.
    static Outcome notDone() {
        return new Outcome(424, 0, null, null, 0);
    }

    boolean succeeded() {
        return status < 400;
    }

    /// Its part of the answer to a batch.
    ObjectNode inBatch(long retryAfterMillis) {
        ObjectNode result = Json.object();
        result.put("statusCode", status);
        result.put("subStatusCode", substatus);
        result.put("requestCharge", charge);
        if (status == 429) {
            result.put("retryAfterMilliseconds", retryAfterMillis);
        }
        if (item != null) {
            result.put("eTag", item.etag());
            result.set("resourceBody", item.document());
        }
        return result;
    }
}
