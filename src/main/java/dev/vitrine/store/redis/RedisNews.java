package dev.vitrine.store.redis;

import dev.vitrine.store.cache.At;
import dev.vitrine.store.cache.SharedCache.Listener;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnection;

/// Hears what commits changed, and looks twice a second how far the marks are, so that nothing is missed for long: a
/// message that was lost shows there, and so does a connection.
final class RedisNews implements AutoCloseable {

    static final String CHANNEL = "vitrine:cache:changes";

    private static final Logger log = LoggerFactory.getLogger(RedisNews.class);
    private static final long LOOK_EVERY = 500;
    private static final String ANY = "*";

    private final Redis redis;
    private final Map<String, At> watched = new ConcurrentHashMap<>();
    private final Semaphore sooner = new Semaphore(0);
    private volatile @Nullable Listener listener;
    private volatile boolean running = true;
    private @Nullable RedisConnection subscription;
    private @Nullable Thread thread;
    private boolean reachable = true;

    RedisNews(Redis redis) {
        this.redis = redis;
    }

    /// @param ids null: any
    static byte[] text(String space, @Nullable Collection<String> ids) {
        return (space + " " + (ids == null ? ANY : String.join(" ", ids))).getBytes(StandardCharsets.US_ASCII);
    }

    synchronized void listen(Listener to) {
        listener = to;
        thread = Thread.ofPlatform().daemon().name("redis-cache-news").start(this::run);
    }

    void watch(String space, At at) {
        watched.put(space, at);
        sooner.release();
    }

    void forget(String space) {
        watched.remove(space);
    }

    void failed(String space, RedisGone gone) {
        log.info("{}: Redis was not told of a commit: {}", space, gone.getMessage());
    }

    private void run() {
        while (running) {
            try {
                subscribe();
                look();
                if (!reachable) {
                    reachable = true;
                    log.info("Redis answers again");
                }
            } catch (RedisGone | RuntimeException e) {
                gone(e);
            }
            try {
                if (sooner.tryAcquire(LOOK_EVERY, TimeUnit.MILLISECONDS)) {
                    sooner.drainPermits();
                }
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void gone(Exception e) {
        Listener to = listener;
        if (to != null) {
            to.lost();
        }
        if (reachable && running) {
            reachable = false;
            log.warn("Redis does not answer, so the store is read without it: {}", e.getMessage());
        }
    }

    /// Once: the connection subscribes again by itself whenever it connects again.
    private void subscribe() {
        if (subscription == null) {
            RedisConnection connection = redis.connections().getConnection();
            try {
                connection.subscribe(
                        (message, pattern) -> heard(new String(message.getBody(), StandardCharsets.US_ASCII)),
                        Header.ascii(CHANNEL));
                subscription = connection;
            } finally {
                if (subscription == null) {
                    connection.close();
                }
            }
        }
    }

    private void look() throws RedisGone {
        Listener to = listener;
        Map<String, CompletableFuture<byte[]>> marks = new HashMap<>();
        watched.forEach((space, at) ->
                marks.put(space, redis.run(Script.MARK, RedisCache.markKey(space), Header.ascii(Header.text(at)))));
        for (Map.Entry<String, CompletableFuture<byte[]>> mark : marks.entrySet()) {
            byte[] found = redis.await(mark.getValue());
            if (found != null && to != null) {
                to.seen(mark.getKey(), Header.mark(found));
            }
        }
    }

    private void heard(String message) {
        String[] parts = message.split(" ", -1);
        Listener to = listener;
        if (to == null || parts.length < 4) {
            return;
        }
        List<String> ids = List.of(parts).subList(3, parts.length);
        to.moved(
                parts[2],
                parts[0].length() == Header.MARK ? Header.mark(Header.ascii(parts[0])) : null,
                Header.mark(Header.ascii(parts[1])),
                ids.equals(List.of(ANY))
                        ? null
                        : ids.stream().filter(id -> !id.isEmpty()).toList());
    }

    @Override
    public synchronized void close() {
        running = false;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(TimeUnit.SECONDS.toMillis(2));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        RedisConnection open = subscription;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                log.debug("the subscription ends with its connection", e);
            }
        }
    }
}
