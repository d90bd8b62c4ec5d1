package dev.vitrine.store.redis;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.vitrine.OneRedis;
import dev.vitrine.store.Dependencies;
import dev.vitrine.store.cache.CacheProperties;
import dev.vitrine.store.cache.SharedCache;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.lettuce.core.ClientOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/// Shared caches in one real Redis for all tests, empty at first. Where none can be had, the test is skipped.
public final class TestRedis implements AutoCloseable {

    private static @Nullable OneRedis server;
    private static @Nullable LettuceConnectionFactory connected;

    private final LettuceConnectionFactory connections;
    private final boolean own;
    private final CircuitBreaker breaker;
    private final List<RedisCache> opened = new ArrayList<>();

    public TestRedis() {
        this(shared(), false, CircuitBreaker.ofDefaults("redis"));
        try (RedisConnection connection = connections.getConnection()) {
            connection.serverCommands().flushAll();
        }
    }

    /// Over one that the test stops and starts: its loss is noticed, and its return, as by a process.
    public TestRedis(OneRedis server) {
        this(connect(server.port()), true, new Dependencies(new SimpleMeterRegistry()).breaker("redis"));
    }

    /// Over a cluster; closes the connections.
    TestRedis(LettuceConnectionFactory connections) {
        this(connections, true, CircuitBreaker.ofDefaults("redis"));
    }

    private TestRedis(LettuceConnectionFactory connections, boolean own, CircuitBreaker breaker) {
        this.connections = connections;
        this.own = own;
        this.breaker = breaker;
    }

    /// One for all: to make one takes longer than most tests.
    private static synchronized LettuceConnectionFactory shared() {
        LettuceConnectionFactory known = connected == null ? connect(port()) : connected;
        connected = known;
        return known;
    }

    private static LettuceConnectionFactory connect(int port) {
        LettuceConnectionFactory connections = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", port),
                LettuceClientConfiguration.builder()
                        .clientOptions(ClientOptions.builder()
                                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                                .build())
                        .build());
        connections.afterPropertiesSet();
        connections.start();
        return connections;
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
        RedisCache cache = new RedisCache(new Redis(connections, breaker, properties.redisTimeout()), properties);
        opened.add(cache);
        return cache;
    }

    /// All that is kept, as text, by key, with the milliseconds that it is kept for.
    public Map<String, Kept> kept() {
        Map<String, Kept> kept = new TreeMap<>();
        try (RedisConnection connection = connections.getConnection()) {
            for (byte[] key : connection.keyCommands().keys("*".getBytes(StandardCharsets.US_ASCII))) {
                byte[] value = connection.stringCommands().get(key);
                Long left = connection.keyCommands().pTtl(key);
                if (value != null && left != null) {
                    kept.put(
                            new String(key, StandardCharsets.US_ASCII),
                            new Kept(new String(value, StandardCharsets.ISO_8859_1), left));
                }
            }
        } catch (DataAccessException e) {
            // it is gone just now
            return Map.of();
        }
        return kept;
    }

    public record Kept(String value, long millisLeft) {}

    @Override
    public void close() {
        opened.forEach(RedisCache::close);
        if (own) {
            connections.destroy();
        }
    }
}
