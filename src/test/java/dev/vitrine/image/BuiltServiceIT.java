package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The life of a container, without one: from the layers of the image to SIGTERM under load.
@Timeout(600)
class BuiltServiceIT {

    private static final String READINESS = "/actuator/health/readiness";
    private static final int CALLERS = 4;

    @TempDir
    Path folder;

    @Test
    void startsFromItsLayersAndLosesNoRequestWhenItIsToldToStop() throws Exception {
        Path layers = Files.createDirectory(folder.resolve("layers"));
        assertThat(BuiltService.extract(layers))
                .containsExactlyInAnyOrder(
                        "application", "dependencies", "snapshot-dependencies", "spring-boot-loader");
        assertThat(size(layers.resolve("application")))
                .as("what changes with every build is small")
                .isLessThan(size(layers.resolve("dependencies")) / 20);
        Path application = folder.resolve("application");
        BuiltService.merge(layers, application);

        try (BuiltService service = BuiltService.start(
                application,
                folder.resolve("data"),
                "--vitrine.drain=5s",
                "--spring.config.import=configtree:" + secrets() + "/",
                "--spring.lifecycle.timeout-per-shutdown-phase=20s")) {
            HttpClient client = client();
            service.until(200, client, "", READINESS);
            String token = service.token(client, "sales:read");
            service.until(200, client, token, BuiltService.ENTITY);
            assertThat(service.output()).noneMatch(line -> line.contains("WARNING: A restricted method"));
            takesSettingsFromFiles(service, client, token);
            tellsWhatItIsMadeOf(service, client);

            stopUnderLoad(service, token, folder.resolve("data/store"));
        }
    }

    private Path secrets() throws IOException {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("vitrine.keys.header"), "X-Till-Key\n");
        return secrets;
    }

    private static void takesSettingsFromFiles(BuiltService service, HttpClient client, String token) throws Exception {
        HttpResponse<String> answer = service.get(client, token, BuiltService.ENTITY);
        assertThat(answer.headers().allValues("Vary")).anyMatch(vary -> vary.contains("X-Till-Key"));
        assertThat(service.get(client, "", "/api/sales/v1/openapi.json").body()).contains("\"name\":\"X-Till-Key\"");
    }

    /// Maven leaves the bill of materials out where it is offline.
    private static void tellsWhatItIsMadeOf(BuiltService service, HttpClient client) throws Exception {
        HttpResponse<String> bill =
                service.get(client, service.token(client, "vitrine:operate"), "/actuator/sbom/application");
        if (Files.exists(Path.of("target/classes/META-INF/sbom/application.cdx.json"))) {
            assertThat(bill.statusCode()).isEqualTo(200);
            assertThat(bill.body()).contains("CycloneDX", "azure-cosmos");
        } else {
            assertThat(bill.statusCode()).isEqualTo(404);
        }
    }

    private static void stopUnderLoad(BuiltService service, String token, Path store) throws Exception {
        Balancer balancer = new Balancer(service, token);
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            callers.add(Thread.startVirtualThread(balancer::call));
        }
        Thread.sleep(1000);
        try (Upload slow = Upload.begin(service.base)) {
            service.process.destroy();

            service.until(503, client(), "", READINESS);
            awaitFree(store, "sales/dim_customer");
            HttpResponse<String> late = service.get(client(), token, BuiltService.ENTITY);
            assertThat(late.statusCode())
                    .as("not ready any more, but answering")
                    .isEqualTo(200);
            assertThat(late.headers().firstValue("Connection")).hasValue("close");
            balancer.unready = true;
            for (Thread caller : callers) {
                caller.join();
            }
            awaitClosed(service.base);

            assertThat(slow.end())
                    .as("a request that was in flight when the port closed")
                    .startsWith("HTTP/1.1 200");
        }
        assertThat(balancer.failures).isEmpty();
        assertThat(balancer.answers.get()).isGreaterThan(CALLERS);
        assertThat(service.process.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(service.process.exitValue())
                .as("ended by SIGTERM, by itself")
                .isEqualTo(143);
        awaitFree(store, "sla.freshness");
        System.out.printf("%d requests before and during the stop, none lost%n", balancer.answers.get());
    }

    /// Given up, rather than run out: that would take three times as long.
    private static void awaitFree(Path store, String lease) throws Exception {
        try (EntityStore beside = EmbeddedStores.open(store)) {
            Instant end = Instant.now().plusSeconds(5);
            while (beside.leases().current(lease).isPresent()) {
                assertThat(Instant.now()).as("lease of %s", lease).isBefore(end);
                Thread.sleep(50);
            }
        }
    }

    private static void awaitClosed(URI base) throws Exception {
        for (int tries = 0; tries < 300; tries++) {
            try (Socket socket = new Socket(base.getHost(), base.getPort())) {
                assertThat(socket.isConnected()).isTrue();
            } catch (ConnectException closed) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the port is still open");
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /// Sends requests, over connections that are kept, until it hears that the service is not ready.
    private static final class Balancer {

        final AtomicInteger answers = new AtomicInteger();
        final Queue<String> failures = new ConcurrentLinkedQueue<>();
        volatile boolean unready;
        private final BuiltService service;
        private final String token;

        Balancer(BuiltService service, String token) {
            this.service = service;
            this.token = token;
        }

        void call() {
            HttpClient client = client();
            while (!unready) {
                try {
                    int status = service.get(client, token, BuiltService.ENTITY).statusCode();
                    answers.incrementAndGet();
                    if (status != 200) {
                        failures.add("status " + status);
                    }
                    Thread.sleep(5);
                } catch (IOException | InterruptedException lost) {
                    failures.add(lost.toString());
                }
            }
        }
    }

    /// A request whose body comes late.
    private record Upload(Socket socket) implements AutoCloseable {

        private static final String BODY = "grant_type=client_credentials&scope=sales:read";

        static Upload begin(URI base) throws IOException {
            Socket socket = new Socket(base.getHost(), base.getPort());
            socket.setSoTimeout(20_000);
            send(socket, """
                    POST /oauth2/token HTTP/1.1
                    Host: %s
                    Authorization: Basic ZGVtbzpkZW1v
                    Content-Type: application/x-www-form-urlencoded
                    Content-Length: %d

                    """.formatted(base.getAuthority(), BODY.length()).replace("\n", "\r\n"));
            return new Upload(socket);
        }

        String end() throws IOException {
            send(socket, BODY);
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
        }

        private static void send(Socket socket, String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
