package dev.vitrine.sync;

import dev.vitrine.store.SyncStatus.Hold;

/// Tells people what is held and what they can do.
final class Held {

    private Held() {}

    static String message(Hold hold) {
        return "Held: %s. What was served before stays. %s".formatted(hold.reason(), remedy(hold));
    }

    static String remedy(Hold hold) {
        return switch (hold.guard()) {
            case SCHEMA -> "Mend the table or the contract; it is looked at again all the time";
            case DELETES, DEAD_LETTERS ->
                hold.rebuild()
                        ? "POST /actuator/sync/{product}/{table}/release to serve the rebuild, or …/reject to go on from version %d without it"
                                .formatted(hold.version())
                        : "POST /actuator/sync/{product}/{table}/release to apply it, …/reject to leave it out, or …/rebuild to load the newest version";
        };
    }
}
