package dev.vitrine.store.cosmos;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a commit makes of the rows of one key: the rule of [dev.vitrine.store.ChangeWriter]. It depends on nothing but
/// its arguments and not on the order of the changes, so that two writers come to the same state.
///
/// @param version of the commit
/// @param committed when that was, in microseconds
/// @param diverged whether a commit was left out before: an insert may find what a lost delete would have removed
/// @param now when new letters are first seen
record Transition(Columns columns, long version, long committed, boolean diverged, Instant now) {

    /// A row that was added, and why it cannot be served.
    private record Added(Copy copy, @Nullable Unservable why) {}

    KeyState apply(KeyState before, List<? extends EntityChange> changes) {
        List<Copy> rows = new ArrayList<>(before.copies());
        int dismissed = before.dismissed();
        List<Added> added = new ArrayList<>();
        List<Deleted> deletes = new ArrayList<>();
        int replaced = 0;
        for (EntityChange change : changes) {
            switch (change) {
                case Deleted deleted -> deletes.add(deleted);
                case Unservable row -> added.add(new Added(Copy.of(row, columns, version, committed), row));
                case Upserted row -> {
                    added.add(added(row));
                    replaced += !row.insert() || diverged && before.isLive() ? 1 : 0;
                }
            }
        }
        dismissed -= delete(rows, dismissed, deletes, before.isWithheld());
        for (int i = 0; i < replaced; i++) {
            dismissed -= removeOldest(rows, dismissed);
        }
        return settled(before, rows, dismissed, added);
    }

    private Added added(Upserted row) {
        Copy copy = Copy.of(row, columns, version, committed);
        if (Items.fits(copy)) {
            return new Added(copy, null);
        }
        Unservable large = new Unservable(
                row.key(),
                Reason.DOCUMENT_TOO_LARGE,
                "the document has %d bytes, more than an item can hold".formatted(row.document().length),
                row.document());
        return new Added(Copy.of(large, columns, version, committed), large);
    }

    /// Rows that are named first, then any. Returns how many dismissed ones went.
    private static int delete(List<Copy> rows, int dismissed, List<Deleted> deletes, boolean withheld) {
        int unnamed = 0;
        for (Deleted deleted : deletes) {
            byte[] row = deleted.row();
            if (row == null || !withheld || !removeEqual(rows, row)) {
                // a row without key is found by its bytes alone
                unnamed += deleted.key() == null ? 0 : 1;
            }
        }
        int gone = 0;
        for (int i = 0; i < unnamed; i++) {
            gone += removeOldest(rows, dismissed - gone);
        }
        return gone;
    }

    private static boolean removeEqual(List<Copy> rows, byte[] row) {
        String hash = Ids.hash(row);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).hash().equals(hash)) {
                rows.remove(i);
                return true;
            }
        }
        return false;
    }

    /// Of a dismissed row nothing is known but that it is there, so it goes first. Returns 1 if one did.
    private static int removeOldest(List<Copy> rows, int dismissed) {
        if (dismissed > 0) {
            return 1;
        }
        if (!rows.isEmpty()) {
            rows.removeFirst();
        }
        return 0;
    }

    private KeyState settled(KeyState before, List<Copy> rows, int dismissed, List<Added> added) {
        added.sort(Comparator.comparing((Added row) -> row.copy().hash())
                .thenComparing(row -> row.why() == null ? "" : row.why().detail()));
        List<Copy> copies = new ArrayList<>(rows);
        added.forEach(row -> copies.add(row.copy()));
        if (copies.isEmpty() && dismissed == 0) {
            return KeyState.ABSENT;
        }
        if (copies.size() == 1 && dismissed == 0 && copies.getFirst().servable()) {
            return new KeyState(List.of(copies.getFirst().servedBy(version, committed)), 0, null);
        }
        List<Copy> letters = new ArrayList<>();
        // a load adds to a key again and again at one version
        int made = (int) before.copies().stream()
                .map(Copy::letter)
                .filter(letter -> letter != null && letter.version() == version)
                .count();
        for (Copy copy : rows) {
            letters.add(copy.letter() != null ? copy : copy.as(letter(null, made++)));
        }
        for (Added row : added) {
            letters.add(row.copy().as(letter(row.why(), made++)));
        }
        return new KeyState(letters, dismissed, reason(before, letters, dismissed));
    }

    private Copy.Letter letter(@Nullable Unservable why, int ordinal) {
        return new Copy.Letter(
                "l-%016x-%d".formatted(version, ordinal),
                0,
                version,
                why == null ? Reason.DUPLICATE_KEY : why.reason(),
                why == null ? "more than one row has this key at version " + version : why.detail(),
                now,
                now);
    }

    /// The newest row that cannot be served, else that there are several.
    private static Reason reason(KeyState before, List<Copy> letters, int dismissed) {
        Reason reason = null;
        for (Copy letter : letters) {
            if (!letter.servable()) {
                reason = Objects.requireNonNull(letter.letter()).reason();
            }
        }
        if (reason != null) {
            return reason;
        }
        return dismissed > 0 && before.reason() != null ? before.reason() : Reason.DUPLICATE_KEY;
    }
}
