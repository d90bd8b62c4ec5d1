package dev.vitrine.store.cosmos;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.cache.At;
import dev.vitrine.store.cache.SharedCache;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears of changes by the change feed of the served containers. It keeps nothing itself: a near cache is told what to
/// drop. A delete shows as the tombstone that took its place.
final class CosmosFeed implements SharedCache, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CosmosFeed.class);
    private static final long LOOK_EVERY = 250;

    private final EntityStore store;
    private final Map<String, FollowedFeed> followed = new ConcurrentHashMap<>();
    private volatile @Nullable Listener listener;
    private volatile boolean running = true;
    private @Nullable Thread thread;

    CosmosFeed(EntityStore store) {
        this.store = store;
    }

    @Override
    public String id(EntityKey key) {
        return Ids.of(key);
    }

    @Override
    public synchronized void listen(Listener to) {
        listener = to;
        thread = Thread.ofPlatform().daemon().name("cosmos-feed").start(this::run);
    }

    @Override
    public void watch(String space, At at, GoldTable table) {
        if (store.table(table) instanceof CosmosTable stored) {
            followed.put(space, new FollowedFeed(space, stored));
        }
    }

    @Override
    public void forget(String space) {
        followed.remove(space);
    }

    private void run() {
        while (running) {
            Listener to = listener;
            if (to != null) {
                followed.values().forEach(feed -> look(feed, to));
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    /// What is not heard now is heard later: meanwhile what is kept is good for nothing newer.
    private static void look(FollowedFeed feed, Listener to) {
        try {
            feed.look(to);
        } catch (StoreFailure | Container.Gone notNow) {
            log.debug("the change feed is looked at again soon", notNow);
        } catch (RuntimeException unexpected) {
            log.warn("the change feed cannot be read; it is tried again", unexpected);
        }
    }

    @Override
    public Map<String, Found> readAll(String space, List<String> ids) {
        return Map.of();
    }

    @Override
    public void fill(String space, String id, Mark mark, @Nullable At revision, byte[] body, long time) {}

    @Override
    public Map<String, byte[]> pages(String space, Mark mark, Collection<String> ids) {
        return Map.of();
    }

    @Override
    public void keepPage(String space, Mark mark, String id, byte[] body) {}

    /// The feed tells it.
    @Override
    public void publish(String space, At from, At to, @Nullable Map<String, Outcome> outcomes) {}

    @Override
    public synchronized void close() {
        running = false;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
