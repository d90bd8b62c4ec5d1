package dev.vitrine.store.cosmos.server;

/// What a request does: faults and counts go by it.
public enum Operation {
    /// of the account, databases, containers, partition key ranges and throughput
    METADATA,
    READ,
    CREATE,
    UPSERT,
    REPLACE,
    PATCH,
    DELETE,
    /// operations on one logical partition, all or none
    BATCH,
    /// operations on one partition key range, each by itself
    BULK,
    QUERY_PLAN,
    QUERY,
    CHANGE_FEED;

    static Operation of(Request request) {
        boolean documents = request.path().size() >= 5 && request.path().get(4).equals("docs");
        if (!documents) {
            return METADATA;
        }
        boolean item = request.path().size() > 5;
        return switch (request.method()) {
            case "GET" -> item ? READ : request.header("A-IM") != null ? CHANGE_FEED : QUERY;
            case "PUT" -> REPLACE;
            case "PATCH" -> PATCH;
            case "DELETE" -> DELETE;
            default -> ofPost(request);
        };
    }

    private static Operation ofPost(Request request) {
        if (request.flag("x-ms-cosmos-is-query-plan-request")) {
            return QUERY_PLAN;
        }
        if (request.flag("x-ms-documentdb-isquery")) {
            return QUERY;
        }
        if (request.flag("x-ms-cosmos-is-batch-request")) {
            return request.flag("x-ms-cosmos-batch-atomic") ? BATCH : BULK;
        }
        return request.flag("x-ms-documentdb-is-upsert") ? UPSERT : CREATE;
    }
}
