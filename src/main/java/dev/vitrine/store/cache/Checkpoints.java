package dev.vitrine.store.cache;

import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.StoreUnavailable;
import dev.vitrine.store.StoredTable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What readers of a table go by: its checkpoint, looked up now and then, by one of them while the others go on. While
/// the store is out of reach the last one stays good for as long as the settings say. Threads may share it.
final class Checkpoints {

    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration REST = Duration.ofSeconds(1);

    private final StoredTable stored;
    private final Caches caches;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Known known;
    private volatile @Nullable Outage outage;

    private record Outage(StoreUnavailable cause, long since) {

        boolean isRecent() {
            return System.nanoTime() - since < REST.toNanos();
        }
    }

    /// @param stored any layout of the table
    Checkpoints(StoredTable stored, Caches caches) {
        this.stored = stored;
        this.caches = caches;
    }

    /// Null: nothing is served.
    ///
    /// @throws StoreUnavailable if the store was out of reach for longer than anything is served without it
    @Nullable
    Known current() {
        Known last = known;
        Duration fresh = caches.freshness();
        if (last != null) {
            Duration age = last.sinceSeen();
            if (age.compareTo(fresh.dividedBy(3)) < 0) {
                return last;
            }
            if (age.compareTo(fresh) < 0) {
                if (looking.tryLock()) {
                    try {
                        return look();
                    } finally {
                        looking.unlock();
                    }
                }
                return last;
            }
        }
        return wait(fresh);
    }

    private @Nullable Known wait(Duration fresh) {
        if (!waited()) {
            Known last = known;
            if (last != null && last.sinceSeen().compareTo(caches.stale()) < 0) {
                return last;
            }
            looking.lock();
        }
        try {
            Known last = known;
            return last != null && last.sinceSeen().compareTo(fresh) < 0 ? last : look();
        } finally {
            looking.unlock();
        }
    }

    private boolean waited() {
        try {
            return looking.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Looks now, after a change that this process made.
    void refresh() {
        looking.lock();
        try {
            look();
        } catch (StoreUnavailable e) {
            // readers look for themselves
            log.debug("not now", e);
        } finally {
            looking.unlock();
        }
    }

    private @Nullable Known look() {
        Known last = known;
        Outage before = outage;
        if (before != null && before.isRecent()) {
            return without(last, before.cause);
        }
        long now = System.nanoTime();
        try {
            Optional<Checkpoint> found = stored.checkpoint();
            outage = null;
            return found.isEmpty() ? nothing(last) : seen(last, found.get(), now);
        } catch (StoreUnavailable e) {
            outage = new Outage(e, System.nanoTime());
            return without(last, e);
        }
    }

    private @Nullable Known nothing(@Nullable Known last) {
        known = null;
        if (last != null) {
            caches.forget(last.space());
        }
        return null;
    }

    private Known seen(@Nullable Known last, Checkpoint checkpoint, long now) {
        if (last != null && last.checkpoint().equals(checkpoint)) {
            Known again = new Known(checkpoint, last.at(), last.space(), last.chain(), now);
            known = again;
            return again;
        }
        String space = Ids.space(stored.table().address(), checkpoint);
        At at = At.of(checkpoint);
        Known next = new Known(checkpoint, at, space, caches.chain(space, at, stored.table()), now);
        known = next;
        if (last != null && !last.space().equals(space)) {
            caches.forget(last.space());
        }
        return next;
    }

    private Known without(@Nullable Known last, StoreUnavailable cause) {
        if (last == null || last.sinceSeen().compareTo(caches.stale()) > 0) {
            throw cause;
        }
        return last;
    }
}
