package dev.vitrine.store.cosmos;

import dev.vitrine.entity.EntityChange.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known under a key: the rows that have it. Also of rows without key that are equal, as if they had one.
///
/// @param copies oldest first
/// @param dismissed letters that were dismissed: their rows are still there
/// @param reason why it is withheld, if it is
record KeyState(List<Copy> copies, int dismissed, @Nullable Reason reason) {

    static final KeyState ABSENT = new KeyState(List.of(), 0, null);

    KeyState {
        copies = List.copyOf(copies);
    }

    /// How many rows there are.
    int rows() {
        return copies.size() + dismissed;
    }

    boolean isAbsent() {
        return rows() == 0;
    }

    boolean isLive() {
        return dismissed == 0 && copies.size() == 1 && copies.getFirst().servable();
    }

    boolean isWithheld() {
        return !isAbsent() && !isLive();
    }

    /// Only what is kept in items of its own.
    KeyState letters() {
        List<Copy> letters =
                copies.stream().filter(copy -> copy.letter() != null).toList();
        return new KeyState(letters, dismissed, reason);
    }

    int weight() {
        return copies.stream().mapToInt(Copy::weight).sum();
    }
}
