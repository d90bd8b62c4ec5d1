package dev.vitrine.access.redis;

import dev.vitrine.access.limit.Window;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/// Windows as keys in Redis that live as long as the window: a script changes all of a caller's at once. The clock is
/// Redis's, so those of the processes do not matter.
final class RedisWindows implements SharedWindows {

    private static final String SCRIPT = """
            local must, more = tonumber(ARGV[1]), tonumber(ARGV[2])
            local used, rest, quota, length = {}, {}, {}, {}
            local granted = 1
            for i, key in ipairs(KEYS) do
              quota[i], length[i] = tonumber(ARGV[2 * i + 1]), tonumber(ARGV[2 * i + 2])
              used[i] = tonumber(redis.call('GET', key) or '0')
              rest[i] = redis.call('PTTL', key)
              if used[i] > 0 and must < 0 then
                used[i] = redis.call('INCRBY', key, string.format('%.0f', math.max(must, -used[i])))
              end
              local left = quota[i] - used[i]
              if left < math.min(must, quota[i]) then granted = 0 end
              more = math.max(0, math.min(more, left - math.max(0, must)))
            end
            if granted == 0 or must < 0 then more = 0 end
            if granted == 1 and must + more > 0 then
              for i, key in ipairs(KEYS) do
                local taken = math.min(must, quota[i]) + more
                used[i] = redis.call('INCRBY', key, string.format('%.0f', taken))
                if rest[i] < 0 then
                  redis.call('PEXPIRE', key, string.format('%.0f', length[i]))
                  rest[i] = length[i]
                end
              end
            end
            local answer = {granted, more}
            for i in ipairs(KEYS) do
              answer[2 * i + 1] = math.max(0, quota[i] - used[i])
              answer[2 * i + 2] = rest[i] < 0 and length[i] or rest[i]
            end
            return answer
            """;
    private static final byte[] SCRIPT_BYTES = SCRIPT.getBytes(StandardCharsets.UTF_8);
    private static final String SCRIPT_NAME = HexFormat.of().formatHex(digest("SHA-1", SCRIPT_BYTES));

    private final RedisConnectionFactory connections;
    private final long timeoutNanos;
    private volatile @Nullable CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> connected;

    RedisWindows(RedisConnectionFactory connections, Duration timeout) {
        this.connections = connections;
        this.timeoutNanos = timeout.toNanos();
    }

    @Override
    public Answer take(String owner, List<Window> windows, long must, long more) throws RedisGone {
        long deadline = System.nanoTime() + timeoutNanos;
        byte[][] keys = keys(owner, windows);
        byte[][] arguments = arguments(windows, must, more);
        RedisClusterAsyncCommands<byte[], byte[]> redis = await(connection(), deadline);
        List<Object> numbers;
        try {
            numbers = await(redis.evalsha(SCRIPT_NAME, ScriptOutputType.MULTI, keys, arguments), deadline);
        } catch (RedisGone notThere) {
            if (!(notThere.getCause() instanceof RedisNoScriptException)) {
                throw notThere;
            }
            numbers = await(redis.eval(SCRIPT_BYTES, ScriptOutputType.MULTI, keys, arguments), deadline);
        }
        return answer(numbers, windows.size());
    }

    private static Answer answer(List<Object> numbers, int windows) {
        long[] remaining = new long[windows];
        long[] reset = new long[windows];
        for (int at = 0; at < windows; at++) {
            remaining[at] = (long) numbers.get(2 * at + 2);
            reset[at] = (long) numbers.get(2 * at + 3);
        }
        return new Answer((long) numbers.get(0) == 1, (long) numbers.get(1), remaining, reset);
    }

    /// No request waits for a connection longer than for an answer.
    private Future<RedisClusterAsyncCommands<byte[], byte[]>> connection() {
        CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> known = connected;
        if (known == null || known.isCompletedExceptionally()) {
            known = new CompletableFuture<>();
            connected = known;
            CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> next = known;
            Thread.ofVirtual().name("redis-limits").start(() -> connect(next));
        }
        return known;
    }

    @SuppressWarnings("unchecked")
    private void connect(CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> next) {
        try {
            RedisConnection connection = connections.getConnection();
            // It is shared, so there is nothing to close; it connects again by itself.
            next.complete((RedisClusterAsyncCommands<byte[], byte[]>) connection.getNativeConnection());
        } catch (RuntimeException e) {
            next.completeExceptionally(e);
        }
    }

    private static <T> T await(Future<T> future, long deadline) throws RedisGone {
        try {
            return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            future.cancel(false);
            throw new RedisGone("no answer in time", null);
        } catch (ExecutionException e) {
            throw new RedisGone(String.valueOf(e.getMessage()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisGone("interrupted", null);
        }
    }

    /// The part in braces puts all windows of an owner into one slot of a cluster. It is hashed: names of callers are
    /// nobody's business who can list keys.
    private static byte[][] keys(String owner, List<Window> windows) {
        byte[] hash = digest("SHA-256", owner.getBytes(StandardCharsets.UTF_8));
        String name =
                Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
        byte[][] keys = new byte[windows.size()][];
        for (int at = 0; at < keys.length; at++) {
            keys[at] = ascii(
                    "vitrine:limit:{%s}:%s".formatted(name, windows.get(at).name()));
        }
        return keys;
    }

    private static byte[][] arguments(List<Window> windows, long must, long more) {
        byte[][] arguments = new byte[2 + 2 * windows.size()][];
        arguments[0] = ascii(Long.toString(must));
        arguments[1] = ascii(Long.toString(more));
        for (int at = 0; at < windows.size(); at++) {
            Window window = windows.get(at);
            arguments[2 * at + 2] = ascii(Long.toString(window.quota()));
            arguments[2 * at + 3] = ascii(Long.toString(window.length().toMillis()));
        }
        return arguments;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
