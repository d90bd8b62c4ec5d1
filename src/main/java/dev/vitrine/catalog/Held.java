package dev.vitrine.catalog;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.SyncStatus;
import java.time.Instant;
import java.util.Locale;

/// A version of a table that is not served until somebody decides.
///
/// @param guard `deletes`, `dead-letters` or `schema`: see [SyncStatus.Guard]
/// @param version of the commit, or of the snapshot to load
/// @param reason in words
/// @param whatToDo in words
record Held(String guard, long version, String reason, String whatToDo, Instant since) {

    static Held of(SyncStatus.Hold hold, GoldTable table) {
        return new Held(
                hold.guard().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                hold.version(),
                hold.reason().replace(table.location(), table.address()),
                whatToDo(hold),
                hold.since());
    }

    private static String whatToDo(SyncStatus.Hold hold) {
        String release = hold.rebuild()
                ? "An operator releases the load"
                : "An operator releases the version, or rejects it, so that it is left out";
        return switch (hold.guard()) {
            case DELETES -> release + ". If the keys should not go, mend the gold table.";
            case DEAD_LETTERS ->
                release + ". If the rows should be served, mend them in the gold table, or the contract.";
            case SCHEMA ->
                "Mend the gold table, or the contract, until one fits the other again; it goes on by itself then.";
        };
    }
}
