package dev.vitrine.store.redis;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/// Commands to Redis, each with a longest wait, none while it is known to be gone. Threads may share it.
final class Redis {

    private final RedisConnectionFactory connections;
    private final CircuitBreaker breaker;
    private final Duration timeout;
    private volatile @Nullable CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> connected;

    Redis(RedisConnectionFactory connections, CircuitBreaker breaker, Duration timeout) {
        this.connections = connections;
        this.breaker = breaker;
        this.timeout = timeout;
    }

    private interface Command {
        CompletableFuture<byte[]> on(RedisClusterAsyncCommands<byte[], byte[]> commands);
    }

    CompletableFuture<byte[]> run(Script script, String key, byte[]... arguments) {
        byte[][] keys = {Header.ascii(key)};
        return send(commands -> commands.<byte[]>evalsha(script.digest(), ScriptOutputType.VALUE, keys, arguments)
                .toCompletableFuture()
                .exceptionallyCompose(e -> isUnknown(e)
                        ? commands.<byte[]>eval(script.text(), ScriptOutputType.VALUE, keys, arguments)
                                .toCompletableFuture()
                        : CompletableFuture.failedFuture(e)));
    }

    private static boolean isUnknown(Throwable e) {
        return e instanceof RedisNoScriptException
                || e instanceof CompletionException && e.getCause() instanceof RedisNoScriptException;
    }

    CompletableFuture<byte[]> get(String key) {
        return send(commands -> commands.get(Header.ascii(key)).toCompletableFuture());
    }

    CompletableFuture<byte[]> set(String key, byte[] value, Duration ttl) {
        return send(commands -> commands.psetex(Header.ascii(key), ttl.toMillis(), value)
                .toCompletableFuture()
                .thenApply(Header::ascii));
    }

    private CompletableFuture<byte[]> send(Command command) {
        if (!breaker.tryAcquirePermission()) {
            return CompletableFuture.failedFuture(new IllegalStateException("Redis is taken to be gone"));
        }
        long start = breaker.getCurrentTimestamp();
        return connection()
                .thenCompose(command::on)
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((value, failure) -> {
                    long duration = breaker.getCurrentTimestamp() - start;
                    if (failure == null) {
                        breaker.onSuccess(duration, breaker.getTimestampUnit());
                    } else {
                        breaker.onError(duration, breaker.getTimestampUnit(), failure);
                    }
                });
    }

    /// Made on a thread of its own: no reader waits for a connection longer than for an answer.
    private CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> connection() {
        CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> known = connected;
        if (known == null || known.isCompletedExceptionally()) {
            known = connect();
        }
        return known.copy();
    }

    private synchronized CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> connect() {
        CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> known = connected;
        if (known != null && !known.isCompletedExceptionally()) {
            return known;
        }
        CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> next = new CompletableFuture<>();
        connected = next;
        Thread.ofVirtual().name("redis-cache-connect").start(() -> connect(next));
        return next;
    }

    /// The connection is shared by all and connects again by itself.
    @SuppressWarnings("unchecked")
    private void connect(CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> next) {
        try {
            next.complete((RedisClusterAsyncCommands<byte[], byte[]>)
                    connections.getConnection().getNativeConnection());
        } catch (RuntimeException e) {
            next.completeExceptionally(e);
        }
    }

    RedisConnectionFactory connections() {
        return connections;
    }

    /// What came of it.
    ///
    /// @throws RedisGone if it failed or took too long
    <T> @Nullable T await(CompletableFuture<T> command) throws RedisGone {
        try {
            return command.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RedisGone(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisGone(e);
        }
    }

    /// Waits for all.
    ///
    /// @throws RedisGone if one failed
    void awaitAll(List<CompletableFuture<byte[]>> commands) throws RedisGone {
        await(CompletableFuture.allOf(commands.toArray(CompletableFuture[]::new)));
    }
}
