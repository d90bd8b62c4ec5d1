package dev.vitrine.store.redis;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.cache.At;
import dev.vitrine.store.cache.CacheProperties;
import dev.vitrine.store.cache.CacheProperties.WriteThrough;
import dev.vitrine.store.cache.Forms;
import dev.vitrine.store.cache.SharedCache;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The shared cache in Redis: one server, sentinels or a cluster.
final class RedisCache implements SharedCache, AutoCloseable {

    /// Longer than a fill may take, see [Script#FILL].
    private static final byte[] MARKER_TTL = Header.ascii("60000");

    private static final int AT_ONCE = 500;

    private final Redis redis;
    private final Duration ttl;
    private final byte[] ttlText;
    private final boolean all;
    private final RedisNews news;

    RedisCache(Redis redis, CacheProperties properties) {
        this.redis = redis;
        this.ttl = properties.ttl();
        this.ttlText = Header.ascii(Long.toString(ttl.toMillis()));
        this.all = properties.writeThrough() == WriteThrough.ALL;
        this.news = new RedisNews(redis);
    }

    static String markKey(String space) {
        return "vitrine:cache:" + space + ":at";
    }

    private static String entityKey(String space, String id) {
        return "vitrine:cache:" + space + ":e:" + id;
    }

    private static String pageKey(String space, Mark mark, String id) {
        return "vitrine:cache:%s:p:%s:%s".formatted(space, Header.text(mark), id);
    }

    @Override
    public Map<String, Found> readAll(String space, List<String> ids) {
        Map<String, Found> all = new HashMap<>();
        heard(ids, id -> redis.run(Script.READ, entityKey(space, id)))
                .forEach((id, value) -> all.put(id, found(value)));
        return all;
    }

    /// What was heard until it was gone, which is as good.
    private Map<String, byte[]> heard(Collection<String> ids, Function<String, CompletableFuture<byte[]>> ask) {
        Map<String, CompletableFuture<byte[]>> asked = new LinkedHashMap<>();
        ids.forEach(id -> asked.put(id, ask.apply(id)));
        Map<String, byte[]> heard = new HashMap<>();
        try {
            for (Map.Entry<String, CompletableFuture<byte[]>> each : asked.entrySet()) {
                byte[] value = redis.await(each.getValue());
                if (value != null) {
                    heard.put(each.getKey(), value);
                }
            }
        } catch (RedisGone gone) {
            return heard;
        }
        return heard;
    }

    private static Found found(byte[] value) {
        return value.length >= Header.LENGTH
                ? new Found.Entry(Header.mark(value), Header.body(value))
                : new Found.Nothing(Long.parseLong(new String(value, StandardCharsets.US_ASCII)));
    }

    @Override
    public void fill(String space, String id, Mark mark, @Nullable At revision, byte[] body, long time) {
        redis.run(
                Script.FILL,
                entityKey(space, id),
                Header.entity(mark, revision, body),
                Header.ascii(Long.toString(time)),
                ttlText);
    }

    @Override
    public Map<String, byte[]> pages(String space, Mark mark, Collection<String> ids) {
        return heard(ids, id -> redis.get(pageKey(space, mark, id)));
    }

    @Override
    public void keepPage(String space, Mark mark, String id, byte[] body) {
        redis.set(pageKey(space, mark, id), body, ttl);
    }

    @Override
    public void publish(String space, At from, At to, @Nullable Map<String, Outcome> outcomes) {
        try {
            byte[] known = redis.await(redis.get(markKey(space)));
            Mark before = known == null ? null : Header.mark(known);
            Map<String, Outcome> told = before != null && before.at().equals(from) ? outcomes : null;
            if (told != null && before != null) {
                change(space, new Mark(before.turn(), to), told);
            }
            redis.await(redis.run(
                    Script.MOVE,
                    markKey(space),
                    known == null ? new byte[0] : known,
                    Header.ascii(Header.text(to)),
                    Header.ascii(told == null ? "1" : "0"),
                    Header.ascii(RedisNews.CHANNEL),
                    RedisNews.text(space, told == null ? null : told.keySet())));
        } catch (RedisGone gone) {
            // readers see that the mark did not move, and the next one that moves it begins another turn
            news.failed(space, gone);
        }
    }

    private void change(String space, Mark mark, Map<String, Outcome> outcomes) throws RedisGone {
        List<CompletableFuture<byte[]>> running = new ArrayList<>();
        for (Map.Entry<String, Outcome> changed : outcomes.entrySet()) {
            running.add(change(entityKey(space, changed.getKey()), mark, changed.getValue()));
            if (running.size() == AT_ONCE) {
                redis.awaitAll(running);
                running.clear();
            }
        }
        redis.awaitAll(running);
    }

    private CompletableFuture<byte[]> change(String key, Mark mark, Outcome outcome) {
        Lookup lookup = outcome.lookup();
        At revision = mark.at();
        if (lookup instanceof Lookup.Found found) {
            revision = new At(
                    found.entity().revision().epoch(), found.entity().revision().version());
        }
        return redis.run(
                Script.CHANGE,
                key,
                lookup == null ? new byte[0] : Header.entity(mark, revision, Forms.of(lookup)),
                Header.marker(mark, revision),
                ttlText,
                MARKER_TTL,
                Header.ascii(all ? "1" : "0"));
    }

    @Override
    public void watch(String space, At at, GoldTable table) {
        news.watch(space, at);
    }

    @Override
    public void forget(String space) {
        news.forget(space);
    }

    @Override
    public void listen(Listener listener) {
        news.listen(listener);
    }

    @Override
    public void close() {
        news.close();
    }
}
