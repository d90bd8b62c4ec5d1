package dev.vitrine.access.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.access.limit.LocalQuotas;
import dev.vitrine.access.limit.Quotas;
import dev.vitrine.access.limit.Taken;
import dev.vitrine.access.limit.Window;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts for all processes together. While Redis does not answer, this process counts by itself, from where it knows
/// that things stood, and looks once a second whether Redis is back.
final class RedisQuotas implements Quotas, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisQuotas.class);
    private static final long MOST_OWNERS = 100_000;
    private static final long LOOK_AGAIN_MILLIS = 1_000;
    private static final long GIVE_BACK_MILLIS = 50;

    private final SharedWindows redis;
    private final LocalQuotas local;
    private final LongSupplier millis;
    private final Cache<String, Share> shares =
            Caffeine.newBuilder().maximumSize(MOST_OWNERS).build();
    private final Set<Share> holding = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("limits-give-back").factory());

    /// When to look whether Redis is back; 0 while it is there.
    private final AtomicLong lookAgain = new AtomicLong();

    /// Owners that this process counts by itself, because Redis is gone.
    private final Set<String> alone = ConcurrentHashMap.newKeySet();

    RedisQuotas(SharedWindows redis, LocalQuotas local, LongSupplier millis) {
        this.redis = redis;
        this.local = local;
        this.millis = millis;
        timer.scheduleWithFixedDelay(this::giveBack, GIVE_BACK_MILLIS, GIVE_BACK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Taken take(String owner, List<Window> windows, long units) {
        if (windows.isEmpty() || !asksRedis()) {
            return byItself(owner, windows, units);
        }
        Share share = shares.get(owner, name -> new Share(name, windows, redis, millis));
        try {
            Taken taken = share.take(units);
            back();
            if (share.holdsUnits()) {
                holding.add(share);
            }
            return taken;
        } catch (RedisGone gone) {
            lost(gone);
            return byItself(owner, windows, units);
        }
    }

    /// Whether limits are counted for all processes together at present.
    boolean shared() {
        return lookAgain.get() == 0;
    }

    private boolean asksRedis() {
        long due = lookAgain.get();
        if (due == 0) {
            return true;
        }
        long now = millis.getAsLong();
        return now >= due && lookAgain.compareAndSet(due, now + LOOK_AGAIN_MILLIS);
    }

    private Taken byItself(String owner, List<Window> windows, long units) {
        if (!windows.isEmpty() && alone.add(owner)) {
            Share share = shares.getIfPresent(owner);
            Taken last = share == null ? null : share.last();
            if (last != null) {
                local.begin(owner, windows, last);
            }
        }
        return local.take(owner, windows, units);
    }

    private void lost(RedisGone gone) {
        if (lookAgain.getAndSet(millis.getAsLong() + LOOK_AGAIN_MILLIS) == 0) {
            LOG.warn(
                    "Redis does not answer ({}): limits are counted in this process alone until it does",
                    gone.getMessage());
        }
    }

    private void back() {
        if (lookAgain.get() != 0 && lookAgain.getAndSet(0) != 0) {
            alone.clear();
            LOG.info("Redis answers again: limits are counted for all processes together");
        }
    }

    private void giveBack() {
        for (Share share : holding) {
            try {
                share.giveBack();
            } catch (RedisGone gone) {
                lost(gone);
            } catch (RuntimeException e) {
                LOG.warn("Units that were not needed could not be given back", e);
            }
            if (!share.holdsUnits()) {
                holding.remove(share);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
