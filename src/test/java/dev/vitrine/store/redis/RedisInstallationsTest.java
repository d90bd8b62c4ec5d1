package dev.vitrine.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.Dependencies;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.StoreFixture;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.cache.CacheProperties;
import dev.vitrine.store.cache.CachedStores;
import dev.vitrine.store.cache.SharedCache;
import dev.vitrine.store.embedded.EmbeddedStores;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import redis.embedded.Redis;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/// Redis where it stands behind sentinels, or speaks TLS, by the settings that an installation has for it.
class RedisInstallationsTest extends StoreFixture {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private final List<Redis> started = new ArrayList<>();

    @Override
    protected EntityStore open(Clock clock) {
        return EmbeddedStores.open(folder.resolve("store"), clock);
    }

    @AfterEach
    void stop() throws IOException {
        for (Redis each : started) {
            each.stop();
        }
    }

    @Test
    void aReplicaThatSentinelsPromoteIsUsedInsteadOfTheOneThatWent() throws Exception {
        int first = freePort();
        Redis primary = start(redis(first).build());
        start(redis(freePort()).slaveOf("127.0.0.1", first).build());
        RedisClient client = RedisClient.create();
        // a sentinel knows of replicas what it asks for every ten seconds
        try (StatefulRedisConnection<String, String> asked = client.connect(RedisURI.create("127.0.0.1", first))) {
            until(() -> asked.sync().info("replication").contains("state=online"));
        }
        int sentinel = freePort();
        start(RedisSentinel.newRedisSentinel()
                .port(sentinel)
                .bind("127.0.0.1")
                .masterPort(first)
                .masterName("vitrine")
                .quorumSize(1)
                .downAfterMilliseconds(1_000L)
                .failOverTimeout(5_000L)
                .build());
        try (StatefulRedisSentinelConnection<String, String> asked =
                client.connectSentinel(RedisURI.create("127.0.0.1", sentinel))) {
            until(() -> asked.sync().replicas("vitrine").stream()
                    .anyMatch(replica -> "ok".equals(replica.get("master-link-status"))));
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
        }

        cachesBy(
                () -> primary.stop(),
                "spring.data.redis.sentinel.master=vitrine",
                "spring.data.redis.sentinel.nodes=127.0.0.1:" + sentinel);
    }

    @Test
    void speaksTls() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        Path certificate = pem("CERTIFICATE", store.getCertificate("redis").getEncoded());
        Path key =
                pem("PRIVATE KEY", store.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        int port = freePort();
        start(redis(freePort())
                .setting("tls-port " + port)
                .setting("tls-cert-file " + certificate)
                .setting("tls-key-file " + key)
                .setting("tls-ca-cert-file " + certificate)
                .setting("tls-auth-clients no")
                .build());

        cachesBy(
                () -> {},
                "spring.data.redis.host=127.0.0.1",
                "spring.data.redis.port=" + port,
                "spring.data.redis.ssl.bundle=redis",
                "spring.ssl.bundle.pem.redis.truststore.certificate=" + certificate);
    }

    private interface Incident {
        void happens() throws Exception;
    }

    /// What is committed is found in Redis, before and after.
    private void cachesBy(Incident incident, String... settings) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withUserConfiguration(RedisConfiguration.class)
                .withBean(CacheProperties.class, () -> CachedStores.PROPERTIES)
                .withBean(Dependencies.class, () -> new Dependencies(new SimpleMeterRegistry()))
                .withPropertyValues("vitrine.cache.kind=redis")
                .withPropertyValues(settings)
                .run(context -> {
                    RedisConnectionFactory connections = context.getBean(RedisConnectionFactory.class);
                    try (EntityStore cached = CachedStores.of(open(clock), context.getBean(SharedCache.class))) {
                        StoredTable read = cached.table(table.table());
                        rebuild(1, insert(1, "one"));
                        writer = read.writer(2);
                        keeps(read, connections, "before");
                        incident.happens();
                        keeps(read, connections, "after");
                    }
                });
    }

    private void keeps(StoredTable read, RedisConnectionFactory connections, String label) {
        until(() -> {
            commit(checkpoint().revision().version() + 1, update(1, label));
            assertThat(text(((Lookup.Found) read.get(EntityKey.of(1L)).value())
                            .entity()
                            .document()))
                    .isEqualTo(label);
            return isKept(connections, label);
        });
    }

    private static boolean isKept(RedisConnectionFactory connections, String label) {
        try (RedisConnection connection = connections.getConnection()) {
            for (byte[] key : connection.keyCommands().keys("vitrine:*".getBytes(StandardCharsets.US_ASCII))) {
                byte[] value = connection.stringCommands().get(key);
                if (value != null && new String(value, StandardCharsets.ISO_8859_1).contains(label)) {
                    return true;
                }
            }
            return false;
        } catch (RuntimeException gone) {
            return false;
        }
    }

    private static void until(BooleanSupplier wanted) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private static RedisServerBuilder redis(int port) {
        return RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no");
    }

    private Redis start(Redis redis) throws IOException {
        redis.start();
        started.add(redis);
        return redis;
    }

    private Path pem(String name, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                folder.resolve(name.replace(' ', '-') + ".pem"),
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(name, lines));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
