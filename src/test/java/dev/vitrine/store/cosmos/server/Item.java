package dev.vitrine.store.cosmos.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A stored document. Nobody changes it: a write makes another one.
///
/// @param document with its system properties
/// @param number the order of creation in the container
/// @param epk effective partition key
/// @param lsn the write of its partition that made it
record Item(ObjectNode document, long number, String epk, long lsn) {

    String id() {
        return document.get("id").stringValue();
    }

    String etag() {
        return document.get("_etag").stringValue();
    }

    int size() {
        return Json.bytes(document).length;
    }

    /// @param containerTtl seconds; null: documents do not expire; -1: only those that say so
    boolean expired(@Nullable Long containerTtl, long nowSeconds) {
        if (containerTtl == null) {
            return false;
        }
        JsonNode own = document.get("ttl");
        long ttl = own != null && own.isNumber() ? own.longValue() : containerTtl;
        return ttl > 0 && document.get("_ts").longValue() + ttl <= nowSeconds;
    }
}
