package dev.vitrine.store.cache;

import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.cache.SharedCache.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys that commits changed, and what became of them where that is certain without reading them again. One
/// thread.
final class Changed {

    /// More keys are told of as: anything may have changed.
    private static final int MOST_KEYS = 10_000;

    private static final long MOST_BYTES = 16_000_000;
    private static final Outcome UNKNOWN = new Outcome(null);

    private boolean certain;
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private final Set<String> ofCommit = new HashSet<>();
    private boolean any;
    private long bytes;
    private @Nullable Revision revision;

    /// @param certain whether a row that is written is what is served, as long as no commit has rows that cannot be
    Changed(boolean certain) {
        this.certain = certain;
    }

    void begin(Revision commit) {
        revision = commit;
        written.clear();
        ofCommit.clear();
    }

    void add(List<? extends EntityChange> changes) {
        for (EntityChange change : changes) {
            EntityKey key = key(change);
            if (key != null && !any) {
                add(Ids.of(key), key, change);
            }
        }
    }

    private void add(String id, EntityKey key, EntityChange change) {
        if (outcomes.size() >= MOST_KEYS) {
            any = true;
            outcomes.clear();
            return;
        }
        ofCommit.add(id);
        switch (change) {
            case Upserted row -> outcomes.put(id, written.add(id) ? found(key, row) : UNKNOWN);
            case Deleted row -> {
                if (!written.contains(id)) {
                    outcomes.put(id, certain ? new Outcome(new Lookup.Absent()) : UNKNOWN);
                }
            }
            case Unservable row -> {
                written.add(id);
                outcomes.put(id, UNKNOWN);
            }
        }
    }

    private Outcome found(EntityKey key, Upserted row) {
        Revision commit = revision;
        bytes += row.document().length;
        return certain && commit != null && bytes < MOST_BYTES
                ? new Outcome(new Lookup.Found(new Entity(key, commit, row.document())))
                : UNKNOWN;
    }

    /// The commit is complete.
    ///
    /// @param letters whether it has rows that cannot be served
    void end(boolean letters) {
        if (letters) {
            // what a later commit does to those keys depends on rows that are not seen here
            certain = false;
            ofCommit.forEach(id -> outcomes.put(id, UNKNOWN));
        }
    }

    private static @Nullable EntityKey key(EntityChange change) {
        return switch (change) {
            case Upserted row -> row.key();
            case Deleted row -> row.key();
            case Unservable row -> row.key();
        };
    }

    /// By id; null: any key may have changed.
    @Nullable
    Map<String, Outcome> outcomes() {
        return any ? null : outcomes;
    }
}
