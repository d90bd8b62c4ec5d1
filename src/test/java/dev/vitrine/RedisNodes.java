package dev.vitrine;

import static org.junit.jupiter.api.Assumptions.abort;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import redis.embedded.RedisServer;

/// A real Redis Cluster of two nodes with half of the slots each, one for all tests. Where none can be had, the test is
/// skipped.
public final class RedisNodes {

    private static final int SLOTS = 16_384;

    /// The nodes talk with each other at a port that is so much higher.
    private static final int BUS = 10_000;

    private static @Nullable List<Integer> ports;

    private RedisNodes() {}

    /// As another process would connect to it; for the caller to destroy.
    public static LettuceConnectionFactory connect() {
        LettuceConnectionFactory connections = new LettuceConnectionFactory(new RedisClusterConfiguration(
                ports().stream().map(port -> "127.0.0.1:" + port).toList()));
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    private static synchronized List<Integer> ports() {
        List<Integer> known = ports;
        if (known == null) {
            try {
                known = start();
            } catch (IOException | RuntimeException e) {
                return abort("no Redis Cluster can be started here: " + e);
            }
            ports = known;
        }
        return known;
    }

    private static List<Integer> start() throws IOException {
        Path folder = Files.createTempDirectory("redis-nodes");
        int one = start(folder);
        int two = start(folder);
        RedisClient client = RedisClient.create();
        try (StatefulRedisConnection<String, String> first = client.connect(at(one));
                StatefulRedisConnection<String, String> second = client.connect(at(two))) {
            first.sync().clusterAddSlots(IntStream.range(0, SLOTS / 2).toArray());
            second.sync().clusterAddSlots(IntStream.range(SLOTS / 2, SLOTS).toArray());
            second.sync().clusterMeet("127.0.0.1", one);
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!isWhole(first.sync()) || !isWhole(second.sync())) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "the nodes do not find each other: " + first.sync().clusterInfo());
                }
                Thread.onSpinWait();
            }
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
        }
        return List.of(one, two);
    }

    private static RedisURI at(int port) {
        return RedisURI.create("127.0.0.1", port);
    }

    private static boolean isWhole(RedisCommands<String, String> node) {
        String info = node.clusterInfo();
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:2");
    }

    private static int start(Path folder) throws IOException {
        int port = freePort();
        RedisServer node = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .setting("cluster-enabled yes")
                .setting("cluster-config-file " + folder.resolve(port + ".conf"))
                .build();
        node.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node)));
        return port;
    }

    private static void stop(RedisServer node) {
        try {
            node.stop();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        for (int port = 21_000; port < 31_000; port++) {
            try (ServerSocket own = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    ServerSocket bus = new ServerSocket(port + BUS, 1, InetAddress.getLoopbackAddress())) {
                if (own.isBound() && bus.isBound()) {
                    return port;
                }
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IOException("no two ports that are " + BUS + " apart are free");
    }
}
