package dev.vitrine.store.redis;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.vitrine.OneRedis;
import dev.vitrine.store.cache.CacheProperties;
import dev.vitrine.store.cache.SharedCache;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.lettuce.core.ClientOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/// Shared caches in one real Redis for all tests, empty at first. Where none can be had, the test is skipped.
public final class TestRedis implements AutoCloseable {

    private static @Nullable OneRedis server;
    private static @Nullable LettuceConnectionFactory connected;

    private final List<RedisCache> opened = new ArrayList<>();

    public TestRedis() {
        try (RedisConnection connection = connections().getConnection()) {
            connection.serverCommands().flushAll();
        }
    }

    /// One for all: to make one takes longer than most tests.
    private static synchronized LettuceConnectionFactory connections() {
        LettuceConnectionFactory known = connected;
        if (known == null) {
            known = new LettuceConnectionFactory(
                    new RedisStandaloneConfiguration("127.0.0.1", port()),
                    LettuceClientConfiguration.builder()
                            .clientOptions(ClientOptions.builder()
                                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                                    .build())
                            .build());
            known.afterPropertiesSet();
            known.start();
            connected = known;
        }
        return known;
    }

    /// Where it listens.
    public static synchronized int port() {
        OneRedis running = server;
        if (running == null) {
            try {
                running = new OneRedis();
            } catch (RuntimeException e) {
                return abort("no Redis can be started here: " + e);
            }
            server = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        return running.port();
    }

    /// As another process would open it.
    public SharedCache open(CacheProperties properties) {
        RedisCache cache = new RedisCache(
                new Redis(connections(), CircuitBreaker.ofDefaults("redis"), properties.redisTimeout()), properties);
        opened.add(cache);
        return cache;
    }

    @Override
    public void close() {
        opened.forEach(RedisCache::close);
    }
}
