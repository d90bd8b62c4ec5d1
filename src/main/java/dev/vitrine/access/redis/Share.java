package dev.vitrine.access.redis;

import dev.vitrine.access.limit.Taken;
import dev.vitrine.access.limit.Window;
import dev.vitrine.access.redis.SharedWindows.Answer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What this process knows, and holds, of one owner's windows. Threads may share it.
///
/// Only one thread at a time asks Redis for an owner, and it asks for what those behind it need as well: a crowd of
/// requests of one caller costs a few calls. While calls would follow each other closely, it also takes up to a
/// hundredth of what is left, ahead of the requests that will need it; what is not needed within a moment is given
/// back.
final class Share {

    private static final long CLOSE_MILLIS = 20;
    private static final long HELD_MILLIS = 100;
    private static final long SAME_ANSWER_MILLIS = 100;
    private static final long PART = 100;
    private static final long MOST = 1_000;

    private final String owner;
    private final List<Window> windows;
    private final SharedWindows redis;
    private final LongSupplier millis;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong wanted = new AtomicLong();
    private @Nullable Answer known;
    private long askedAt = Long.MIN_VALUE / 2;
    private long ahead;
    private volatile long held;

    Share(String owner, List<Window> windows, SharedWindows redis, LongSupplier millis) {
        this.owner = owner;
        this.windows = windows;
        this.redis = redis;
        this.millis = millis;
    }

    /// As [dev.vitrine.access.limit.Quotas#take].
    Taken take(long units) throws RedisGone {
        wanted.addAndGet(units);
        lock.lock();
        try {
            long behind = wanted.addAndGet(-units);
            long now = millis.getAsLong();
            if (units > 0 && units <= held) {
                held -= units;
                return told(true, now);
            }
            if (refusedAMomentAgo(units, now)) {
                return told(false, now);
            }
            return ask(units, behind, now);
        } finally {
            lock.unlock();
        }
    }

    private Taken ask(long units, long behind, long now) throws RedisGone {
        ahead = now - askedAt <= CLOSE_MILLIS ? Math.min(Math.max(1, 2 * ahead), aPart()) : 0;
        long own = Math.min(units, held);
        Answer answer = redis.take(owner, windows, units - own, units == 0 ? 0 : behind + ahead);
        known = answer;
        askedAt = millis.getAsLong();
        if (answer.granted()) {
            held = held - own + answer.more();
        }
        return told(answer.granted(), askedAt);
    }

    private long aPart() {
        long least = MOST * PART;
        if (known != null) {
            for (long remaining : known.remaining()) {
                least = Math.min(least, remaining);
            }
        }
        return least / PART;
    }

    /// What was not left a moment ago is not left now: until a window begins anew.
    private boolean refusedAMomentAgo(long units, long now) {
        if (known == null || units == 0 || now - askedAt > SAME_ANSWER_MILLIS) {
            return false;
        }
        boolean refused = false;
        for (int at = 0; at < windows.size(); at++) {
            if (now - askedAt >= known.resetMillis()[at]) {
                return false;
            }
            refused |= known.remaining()[at] + held < windows.get(at).share(units);
        }
        return refused;
    }

    private Taken told(boolean granted, long now) {
        Answer answer = known;
        if (answer == null) {
            throw new IllegalStateException("nothing is known before Redis was asked");
        }
        int count = windows.size();
        long[] remaining = new long[count];
        long[] reset = new long[count];
        for (int at = 0; at < count; at++) {
            remaining[at] = answer.remaining()[at] + held;
            reset[at] = Math.max(0, answer.resetMillis()[at] - (now - askedAt));
        }
        return new Taken(granted, remaining, reset);
    }

    /// How things stood last, of windows that have not begun anew since; null if that is not known.
    @Nullable
    Taken last() {
        lock.lock();
        try {
            return known == null ? null : told(true, millis.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /// Whether units are held that nobody needed.
    boolean holdsUnits() {
        return held > 0;
    }

    /// Gives back what was not needed within a moment; for a timer.
    void giveBack() throws RedisGone {
        if (!lock.tryLock()) {
            return;
        }
        try {
            long now = millis.getAsLong();
            if (held > 0 && now - askedAt >= HELD_MILLIS) {
                long units = held;
                held = 0;
                known = redis.take(owner, windows, -units, 0);
                askedAt = now;
            }
        } finally {
            lock.unlock();
        }
    }
}
