package dev.vitrine.sync;

import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus.Hold;

/// Tells people what is held and what they can do.
final class Held {

    private Held() {}

    static String message(Hold hold, StoredTable stored) {
        String served = stored.checkpoint().isPresent() ? "What was served before stays." : "Nothing is served yet.";
        return "Held: %s. %s %s"
                .formatted(hold.reason(), served, remedy(hold, stored.table().address()));
    }

    /// @param address of the table
    static String remedy(Hold hold, String address) {
        String path = "POST /actuator/sync/" + address;
        return switch (hold.guard()) {
            case SCHEMA -> "Mend the table or the contract; it is looked at again all the time";
            case DELETES, DEAD_LETTERS ->
                hold.rebuild()
                        ? "%s/release to serve the rebuild, or …/reject to go on from version %d without it"
                                .formatted(path, hold.version())
                        : "%s/release to apply it, …/reject to leave it out, or …/rebuild to load the newest version"
                                .formatted(path);
        };
    }
}
