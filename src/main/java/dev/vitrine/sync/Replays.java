package dev.vitrine.sync;

import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.delta.Rows;
import dev.vitrine.delta.TableMissing;
import dev.vitrine.delta.TableUnreadable;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.DeadLetter;
import dev.vitrine.store.Order;
import dev.vitrine.store.Order.Action;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.TableWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an operator has done besides following: dead letters read again from the gold table, a rebuild left out.
record Replays(Look look, TableWriter writer) {

    private static final int MOST_LETTERS = 10_000;

    /// Does what was ordered about dead letters. An order that cannot be carried out keeps nothing else waiting.
    void carryOut(TableOrders orders) {
        for (Order order : orders.of(Action.DISMISS)) {
            orders.done(order, outcome(() -> "%d dead letters dismissed".formatted(writer.dismiss(order.letters()))));
        }
        for (Order order : orders.of(Action.REPLAY)) {
            orders.done(order, outcome(() -> replay(order.letters())));
        }
    }

    private String outcome(Supplier<String> work) {
        if (!look.stored().coversLayout()) {
            return "not done: the table waits to be loaded; ask again then";
        }
        try {
            return work.get();
        } catch (StoreFailure failure) {
            return "not done: " + failure.getMessage();
        }
    }

    /// Reads the rows behind dead letters again, at the version that is served, and serves those that can be by now.
    ///
    /// @param ids of the letters; none: all
    /// @return what came of it, for people
    private String replay(List<Long> ids) {
        Checkpoint served = look.stored().checkpoint().orElseThrow();
        List<DeadLetter> letters = look.stored().deadLetters(Long.MAX_VALUE, MOST_LETTERS + 1).stream()
                .filter(letter -> ids.isEmpty() || ids.contains(letter.id()))
                .toList();
        if (letters.size() > MOST_LETTERS) {
            return "more than %d dead letters: rebuild the table instead".formatted(MOST_LETTERS);
        }
        Set<EntityKey> keys = new HashSet<>();
        boolean keyless = false;
        for (DeadLetter letter : letters) {
            EntityKey key = letter.key();
            keyless |= key == null;
            if (key != null) {
                keys.add(key);
            }
        }
        long version = served.revision().version();
        try {
            DeltaSnapshot snapshot = look.delta().at(version);
            if (!snapshot.tableId().equals(served.tableId())) {
                return "another table is at the path: the rows of version %d are gone".formatted(version);
            }
            if (!snapshot.misfits().isEmpty()) {
                return "the contract cannot serve version %d: %s"
                        .formatted(version, String.join("; ", snapshot.misfits()));
            }
            writer.replay(keys, keyless, rows(snapshot, keys, keyless));
        } catch (TableMissing | TableUnreadable | FeedUnavailable unreadable) {
            return "version %d cannot be read again, rebuild the table instead: %s"
                    .formatted(version, unreadable.getMessage());
        }
        return "%d dead letters were read again, %d are left"
                .formatted(letters.size(), look.stored().deadLetterCount());
    }

    /// Moves the checkpoint to a rebuild's version without its rows.
    void leaveOut(Step.Rebuild rebuild) {
        DeltaSnapshot snapshot = rebuild.snapshot();
        Revision revision = new Revision(rebuild.epoch(), snapshot.version(), snapshot.commitTime());
        try (ChangeWriter changes = writer.changes()) {
            changes.reject(revision);
            changes.publish(revision, snapshot.commitFile());
        }
    }

    private static List<EntityChange> rows(DeltaSnapshot snapshot, Set<EntityKey> keys, boolean keyless) {
        List<EntityChange> found = new ArrayList<>();
        try (Rows rows = snapshot.rows(0)) {
            while (rows.hasNext()) {
                for (EntityChange row : rows.next()) {
                    EntityKey key = key(row);
                    if (key == null ? keyless : keys.contains(key)) {
                        found.add(row);
                    }
                }
            }
        }
        return found;
    }

    private static @Nullable EntityKey key(EntityChange row) {
        return switch (row) {
            case Upserted upserted -> upserted.key();
            case Unservable unservable -> unservable.key();
            case Deleted deleted -> deleted.key();
        };
    }
}
