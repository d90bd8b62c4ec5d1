package dev.vitrine.query;

import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;

/// Says to callers why nothing of a table can be read yet. Paths and versions are for operators, who find them in the
/// health endpoint.
final class Unloaded {

    private Unloaded() {}

    static String reason(StoredTable table) {
        SyncStatus status = table.status();
        SyncStatus.Load load = status.load();
        double done = load == null ? 0 : load.shareDone();
        String reason = switch (status.state()) {
            case UNKNOWN, FOLLOWING -> "it has not been loaded yet";
            case WAITING -> "its gold table does not exist yet";
            case REBUILDING -> "it is being loaded, and %d %% of it is done".formatted(Math.round(done * 100));
            case HELD -> "its gold table does not fit the contract";
            case FAILED -> "its gold table cannot be read";
        };
        return "%s cannot be served: %s. It is tried again all the time; operators see more in the health endpoint"
                .formatted(table.table().address(), reason);
    }
}
