package dev.vitrine.store.cache;

import dev.vitrine.store.cache.SharedCache.Mark;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How far this process was told of the changes of one space, without a gap. What was read at an earlier version and
/// was not told to have changed is good up to there. Threads may share it.
final class Chain {

    private static final AtomicLong LINKS = new AtomicLong();

    /// @param link another one after each gap: what is kept under one before is good for nothing
    /// @param mark as the shared cache has it; null: nothing is known of one
    /// @param at version that all changes are told to; null: none were told yet
    record State(long link, @Nullable Mark mark, @Nullable At at) {

        /// Whether what was kept at a version is good for another one.
        boolean covers(long keptUnder, At kept, At wanted) {
            return keptUnder == link && (kept.isFrom(wanted) || at != null && at.isFrom(wanted));
        }
    }

    private volatile State state = new State(LINKS.incrementAndGet(), null, null);
    private volatile @Nullable At changing;
    private @Nullable Mark ahead;

    State state() {
        return state;
    }

    /// Whether what was read at a version under a link may be kept.
    boolean takes(long link, At read) {
        At told = changing;
        return link == state.link && (told == null || read.isFrom(told));
    }

    /// Changes were told that follow each other in this process.
    synchronized void told(At from, At to, @Nullable List<String> ids, Consumer<List<String>> drop) {
        At at = state.at;
        if (ids == null || at != null && !at.equals(from)) {
            startAt(null, to);
        } else {
            changing = to;
            drop.accept(ids);
            // what was kept before anything was told is only good for the version it was read at
            state = new State(at == null ? LINKS.incrementAndGet() : state.link, null, to);
        }
    }

    /// The shared cache told of a commit.
    synchronized void moved(@Nullable Mark before, Mark now, @Nullable List<String> ids, Consumer<List<String>> drop) {
        Mark known = state.mark;
        if (now.equals(known) && now.equals(before) && ids != null) {
            drop.accept(ids);
            return;
        }
        if (known != null && !isNewer(now, known)) {
            return;
        }
        if (ids == null || !now.equals(after(before, now)) || !Objects.equals(known, before)) {
            startAt(now, now.at());
        } else {
            changing = now.at();
            drop.accept(ids);
            state = new State(state.link, now, now.at());
        }
        ahead = null;
    }

    /// What the mark is if it went on without a gap.
    private static @Nullable Mark after(@Nullable Mark before, Mark now) {
        return before == null || before.turn() != now.turn() ? null : now;
    }

    /// The shared cache says how far it is. A message about that may still be on its way, but not for long.
    synchronized void seen(Mark mark) {
        Mark known = state.mark;
        if (mark.equals(known)) {
            ahead = null;
        } else if (known == null || mark.equals(ahead) || !isNewer(mark, known)) {
            startAt(mark, mark.at());
            ahead = null;
        } else {
            ahead = mark;
        }
    }

    private static boolean isNewer(Mark mark, Mark than) {
        return mark.turn() != than.turn()
                ? mark.turn() > than.turn()
                : mark.at().compareTo(than.at()) > 0;
    }

    /// Something may have been missed.
    synchronized void broken() {
        state = new State(LINKS.incrementAndGet(), null, null);
        changing = null;
        ahead = null;
    }

    private void startAt(@Nullable Mark mark, At at) {
        changing = at;
        state = new State(LINKS.incrementAndGet(), mark, at);
    }
}
