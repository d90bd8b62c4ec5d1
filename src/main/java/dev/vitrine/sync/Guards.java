package dev.vitrine.sync;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.CommitEffect;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Sealed;
import dev.vitrine.store.SyncStatus.Guard;
import dev.vitrine.store.SyncStatus.Hold;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/// What must not happen unasked: that much of a table disappears, or cannot be served, at once. Small tables are let
/// through, where any change is a large share.
///
/// @param maxDeletes share of the keys that may be removed
/// @param maxLetters share of the rows that may become dead letters
record Guards(double maxDeletes, double maxLetters, InstantSource clock) {

    private static final long FROM_ROWS = 100;

    static Guards of(GoldTable table, Workshop shop) {
        return new Guards(table.maxDeleteShare(), shop.properties().maxDeadLetterShare(), shop.clock());
    }

    /// Whether a commit has to be held, and why.
    Optional<Hold> against(CommitEffect effect, long version) {
        if (tooMany(effect.removed(), effect.entities(), maxDeletes)) {
            return hold(
                    Guard.DELETES, version, false, removes("version " + version, effect.removed(), effect.entities()));
        }
        if (tooMany(effect.letters(), effect.rows(), maxLetters)) {
            return hold(
                    Guard.DEAD_LETTERS, version, false, floods("version " + version, effect.letters(), effect.rows()));
        }
        return Optional.empty();
    }

    /// Whether a loaded generation may not replace the served one, and why.
    ///
    /// @param lettersBefore that the served one has: they are nothing new
    Optional<Hold> against(
            GenerationWriter generation, Sealed loaded, Optional<Checkpoint> served, long lettersBefore) {
        long version = generation.checkpoint().revision().version();
        String what = "a rebuild at version " + version;
        long letters = loaded.letters() - lettersBefore;
        if (tooMany(letters, loaded.rows(), maxLetters)) {
            return hold(Guard.DEAD_LETTERS, version, true, floods(what, letters, loaded.rows()));
        }
        long entities = served.map(Checkpoint::entities).orElse(0L);
        long removed = entities < FROM_ROWS ? 0 : generation.removed();
        return tooMany(removed, entities, maxDeletes)
                ? hold(Guard.DELETES, version, true, removes(what, removed, entities))
                : Optional.empty();
    }

    private static boolean tooMany(long part, long whole, double share) {
        return whole >= FROM_ROWS && part > share * whole;
    }

    private String removes(String what, long removed, long entities) {
        return "%s would remove %d of %d keys, more than the %s that maxDeleteShare allows"
                .formatted(what, removed, entities, percent(maxDeletes));
    }

    private String floods(String what, long letters, long rows) {
        return "%s would make new dead letters of %d of its %d rows, more than the %s that vitrine.sync.max-dead-letter-share allows"
                .formatted(what, letters, rows, percent(maxLetters));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g %%", share * 100);
    }

    private Optional<Hold> hold(Guard guard, long version, boolean rebuild, String reason) {
        Instant now = clock.instant();
        return Optional.of(new Hold(guard, version, rebuild, reason, now));
    }
}
