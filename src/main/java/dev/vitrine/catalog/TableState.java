package dev.vitrine.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the table behind a collection does, as last written to the store. Where it lies is for operators.
///
/// @param name of the product and the table: `sales/dim_customer`
/// @param state `following`, `rebuilding`, `waiting`, `held`, `failed`, or `unknown`
/// @param version last version served whole; null: nothing is served yet
/// @param dataAsOf when that version was committed
/// @param latestVersion newest version seen in the gold table; null: none was seen
/// @param generation counts its loads
/// @param loaded share of a running load that is done, 0 to 1
/// @param held what waits for an operator
/// @param divergedSince first version that was left out of what is served
/// @param inWords what callers should know; empty when all is well
@JsonInclude(JsonInclude.Include.NON_NULL)
record TableState(
        String name,
        String state,
        @Nullable Long version,
        @Nullable Instant dataAsOf,
        @Nullable Long latestVersion,
        @Nullable Long generation,
        @Nullable Double loaded,
        @Nullable Held held,
        @Nullable Long divergedSince,
        List<String> inWords) {

    static TableState of(GoldTable table, EntityStore store) {
        try {
            return of(store.table(table));
        } catch (StoreFailure failure) {
            return new TableState(
                    table.address(),
                    state(SyncStatus.State.UNKNOWN),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of("The store does not tell at present how this table does."));
        }
    }

    private static TableState of(StoredTable stored) {
        SyncStatus status = stored.status();
        SyncStatus.Load load = status.load();
        Optional<Checkpoint> checkpoint = stored.checkpoint();
        Optional<Revision> revision = checkpoint.map(Checkpoint::revision);
        Held held = status.hold() == null ? null : Held.of(status.hold(), stored.table());
        Long divergedSince = checkpoint.map(Checkpoint::divergedSince).orElse(null);
        return new TableState(
                stored.table().address(),
                state(status.state()),
                revision.map(Revision::version).orElse(null),
                revision.map(Revision::commitTime).orElse(null),
                status.latestVersion() < 0 ? null : status.latestVersion(),
                checkpoint.map(Checkpoint::generation).orElse(null),
                load == null ? null : Math.round(load.shareDone() * 1000) / 1000.0,
                held,
                divergedSince,
                words(status.state(), revision.map(Revision::version).orElse(null), held, divergedSince));
    }

    private static String state(SyncStatus.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> words(
            SyncStatus.State state, @Nullable Long version, @Nullable Held held, @Nullable Long divergedSince) {
        List<String> words = new ArrayList<>();
        String served = version == null ? "Nothing is served" : "Version %d is served".formatted(version);
        switch (state) {
            case UNKNOWN -> {
                if (version == null) {
                    words.add("Nothing is served: no process has looked at the gold table yet.");
                }
            }
            case WAITING ->
                words.add(
                        "The gold table is not there, or the process that follows it does not go on. %s; it is followed as soon as it can be."
                                .formatted(served));
            case FAILED ->
                words.add("The gold table cannot be read at present. %s; it is tried again all the time."
                        .formatted(served));
            case REBUILDING -> {
                if (version == null) {
                    words.add("The table is being loaded for the first time.");
                }
            }
            case FOLLOWING, HELD -> {}
        }
        if (held != null) {
            words.add("%s, and version %d is held since %s: %s"
                    .formatted(served, held.version(), held.since(), held.reason()));
        }
        if (divergedSince != null) {
            words.add(
                    "What is served differs from the gold table: version %d was rejected and left out. The next load of the table puts that right."
                            .formatted(divergedSince));
        }
        return words;
    }
}
