package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.fail;

import dev.vitrine.Vitrine;
import dev.vitrine.store.cosmos.server.CosmosServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The application in processes of its own, each with one role.
final class ChaosService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String CONTRACT = """
            apiVersion: v3.1.0
            kind: DataContract
            id: 5f0c1f6e-3f6b-4a52-9c59-2f8d7f3d1d77
            name: chaos
            version: 1.0.0
            status: active
            description:
              purpose: Whatever fails.
            servers:
              - server: files
                type: local
                format: delta
                path: %s
            schema:
              - name: things
                physicalName: things
                logicalType: object
                properties:
                  - name: id
                    logicalType: integer
                    primaryKey: true
                    primaryKeyPosition: 1
                    required: true
                  - name: label
                    logicalType: string
            roles:
              - role: chaos:read
                access: read
            slaProperties:
              - property: latency
                value: 0.5
                unit: s
            """;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Tokens tokens = new Tokens();
    private final String token = tokens.with("chaos:read");
    private final Path folder;
    private final String cosmos;
    private final int redis;
    private final List<Running> running = new CopyOnWriteArrayList<>();

    private String said = "";

    private record Running(String role, int port, Process process) {}

    ChaosService(Path folder, String cosmos, int redis) throws IOException {
        this.folder = folder;
        this.cosmos = cosmos;
        this.redis = redis;
        Files.createDirectories(folder.resolve("contracts"));
        Files.writeString(
                folder.resolve("contracts").resolve("chaos.odcs.yaml"), CONTRACT.formatted(folder.resolve("lake")));
        tokens.publish(folder.resolve("issuer.pem"));
    }

    void start(String role) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.timezone=UTC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-DCOSMOS.HTTP_CONNECTION_WITHOUT_TLS_ALLOWED=true",
                "-DCOSMOS.DISABLE_IMDS_ACCESS=true",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Vitrine.class.getName()));
        command.addAll(List.of(
                "--server.port=" + port,
                "--vitrine.roles=" + role,
                "--vitrine.contracts=" + folder.resolve("contracts"),
                "--vitrine.data=" + folder.resolve("data-" + port),
                "--vitrine.store=cosmos",
                "--vitrine.cosmos.endpoint=" + cosmos,
                "--vitrine.cosmos.key=" + CosmosServer.KEY,
                "--vitrine.cache.kind=redis",
                "--vitrine.limits.plans.standard.burst=1000000/10s",
                "--vitrine.limits.addresses=1000000/1m",
                "--vitrine.sync.lease=3s",
                "--spring.data.redis.port=" + redis,
                "--spring.security.oauth2.resourceserver.jwt.public-key-location="
                        + folder.resolve("issuer.pem").toUri()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(role + "-" + port + ".log").toFile())
                .start();
        running.add(new Running(role, port, process));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /// As `kill -9`.
    void killOne(String role) throws InterruptedException {
        Running one = running.stream()
                .filter(process -> process.role.equals(role))
                .findFirst()
                .orElseThrow();
        running.remove(one);
        one.process.destroyForcibly().waitFor();
    }

    /// Waits until every API process answers with data.
    void awaitServing() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Running each : running) {
            while (each.role.equals("serve") && !serves(each)) {
                if (System.nanoTime() > deadline || !each.process.isAlive()) {
                    fail("it does not serve: %s; its output:\n%s", said, logs());
                }
                Thread.sleep(200);
            }
        }
    }

    private boolean serves(Running one) throws InterruptedException {
        try {
            HttpResponse<String> answer = ask(one, 0);
            said = answer.statusCode() + " " + answer.body();
            return answer.statusCode() == 200;
        } catch (IOException e) {
            said = e.toString();
            return false;
        }
    }

    String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".log")).toList()) {
                all.append("== ").append(file.getFileName()).append('\n').append(Files.readString(file));
            }
        }
        return all.toString();
    }

    /// How many processes serve now.
    int doors() {
        return (int) running.stream().filter(one -> one.role.equals("serve")).count();
    }

    /// Asks one of the API processes.
    ///
    /// @param door any number
    HttpResponse<String> get(int door, long key) throws IOException, InterruptedException {
        List<Running> serving =
                running.stream().filter(one -> one.role.equals("serve")).toList();
        return ask(serving.get(door % serving.size()), key);
    }

    private HttpResponse<String> ask(Running one, long key) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:%d/api/chaos/v1/things/%d".formatted(one.port, key)))
                        .header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        for (Running one : running) {
            one.process.destroyForcibly().onExit().join();
        }
        http.close();
    }
}
