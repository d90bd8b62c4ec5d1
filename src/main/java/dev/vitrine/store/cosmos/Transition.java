package dev.vitrine.store.cosmos;

import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.KeptValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a commit makes of the rows of one key: the rule of [dev.vitrine.store.ChangeWriter]. It depends on nothing but
/// its arguments and not on the order of the steps, so that two writers come to the same state.
///
/// @param by the commit
/// @param diverged whether a commit was left out before: an insert may find what a lost delete would have removed
/// @param now when new letters are first seen
record Transition(Revision by, boolean diverged, Instant now) {

    KeyState apply(KeyState before, List<Step> steps) {
        List<Copy> rows = new ArrayList<>(before.copies());
        List<Step.Added> added = new ArrayList<>();
        List<Step.Gone> gone = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Step.Added row -> added.add(row);
                case Step.Gone row -> gone.add(row);
            }
        }
        int dismissed = before.dismissed() - delete(rows, before.dismissed(), gone, before.isWithheld());
        for (Step.Added row : added) {
            boolean replaces = row.replaces() || diverged && before.isLive() && row.reason() == null;
            dismissed -= replaces ? removeOldest(rows, dismissed) : 0;
        }
        return settled(before, rows, dismissed, added);
    }

    /// Rows that are named first, then any. Returns how many dismissed ones went.
    private static int delete(List<Copy> rows, int dismissed, List<Step.Gone> gone, boolean withheld) {
        int unnamed = 0;
        for (Step.Gone row : gone) {
            String hash = row.hash();
            if (hash == null || !withheld || !removeEqual(rows, hash)) {
                unnamed += row.only() ? 0 : 1;
            }
        }
        int went = 0;
        for (int i = 0; i < unnamed; i++) {
            went += removeOldest(rows, dismissed - went);
        }
        return went;
    }

    private static boolean removeEqual(List<Copy> rows, String hash) {
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

    private KeyState settled(KeyState before, List<Copy> rows, int dismissed, List<Step.Added> added) {
        if (rows.isEmpty() && added.isEmpty() && dismissed == 0) {
            return KeyState.ABSENT;
        }
        if (rows.size() + added.size() == 1 && dismissed == 0) {
            Copy only = rows.isEmpty() ? added.getFirst().copy() : rows.getFirst();
            if (only.servable()) {
                return new KeyState(List.of(only.servedBy(by.version(), KeptValues.micros(by.commitTime()))), 0, null);
            }
        }
        List<Copy> letters = new ArrayList<>();
        // a load adds to a key again and again at one version
        int made = (int) before.copies().stream()
                .map(Copy::letter)
                .filter(letter -> letter != null && letter.version() == by.version())
                .count();
        for (Copy row : rows) {
            letters.add(row.letter() != null ? row : row.as(letter(null, null, made++)));
        }
        added.sort(Comparator.comparing((Step.Added row) -> row.copy().hash())
                .thenComparing(row -> String.valueOf(row.detail())));
        for (Step.Added row : added) {
            letters.add(row.copy().as(letter(row.reason(), row.detail(), made++)));
        }
        return new KeyState(letters, dismissed, reason(before, letters, dismissed));
    }

    private Copy.Letter letter(@Nullable Reason reason, @Nullable String detail, int ordinal) {
        return new Copy.Letter(
                "l-%016x-%d".formatted(by.version(), ordinal),
                0,
                by.version(),
                reason == null ? Reason.DUPLICATE_KEY : reason,
                detail == null ? "more than one row has this key at version " + by.version() : detail,
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
