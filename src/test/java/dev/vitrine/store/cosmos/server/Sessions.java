package dev.vitrine.store.cosmos.server;

/// What a reader must see at least, by the session token that it brings.
final class Sessions {

    private Sessions() {}

    /// The state of a partition that the request gets to see: a replica's, unless the token asks for more.
    ///
    /// @throws Refusal if the token is of a write that was never made here
    static Partition readable(Partition partition, Request request) {
        long needed = needed(partition, request);
        if (needed > partition.lsn()) {
            throw Refusal.of(404, 1002, "The read session is not available for the input session token.");
        }
        return partition.replica(needed);
    }

    private static long needed(Partition partition, Request request) {
        String tokens = request.header("x-ms-session-token");
        if (tokens == null) {
            return request.is("x-ms-consistency-level", "Strong") ? partition.lsn() : 0;
        }
        long needed = 0;
        for (String token : tokens.split(",")) {
            if (token.startsWith(partition.range().id() + ":")) {
                needed = Math.max(needed, Long.parseLong(token.split("#")[1]));
            }
        }
        return needed;
    }
}
