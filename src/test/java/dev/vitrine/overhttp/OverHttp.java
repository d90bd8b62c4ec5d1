package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.fail;

import dev.vitrine.Vitrine;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// One application for all tests below: the contracts of `src/test/resources/contracts`, over tables that the tests put
/// below [#LAKEHOUSE], and `covid_nyt` where it is, which is loaded meanwhile. The others appear as the tests go on.
@SpringBootTest(
        classes = Vitrine.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "logging.level.dev.vitrine=off")
abstract class OverHttp {

    /// Gone at the next run.
    private static final Path FOLDER = Path.of("target", "over-http").toAbsolutePath();

    static final Path LAKEHOUSE = FOLDER.resolve("lakehouse");

    /// Watched by the service.
    static final Path CONTRACTS = FOLDER.resolve("contracts");

    /// Where the service looks for generated clients.
    static final Path SDKS = FOLDER.resolve("sdks");

    static final Tokens TOKENS = new Tokens();

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws IOException {
        delete(FOLDER);
        Files.createDirectories(LAKEHOUSE);
        TOKENS.publish(FOLDER.resolve("issuer.pem"));
        for (String product : List.of("gold", "covid", "odd", "gaps", "library")) {
            copyImpatient(Path.of("src/test/resources/contracts", product), CONTRACTS.resolve(product));
        }
        registry.add("vitrine.contracts", CONTRACTS::toString);
        registry.add("vitrine.sdks", SDKS::toString);
        registry.add("vitrine.data", FOLDER.resolve("data")::toString);
        registry.add("vitrine.levels.keep-every", () -> "1s");
        // Tests ask until something has happened, far more often than people would.
        registry.add("vitrine.limits.plans.standard.burst", () -> "1000000/10s");
        registry.add("vitrine.limits.addresses", () -> "1000000/1m");
        registry.add("gold.path", LAKEHOUSE.resolve("gold")::toString);
        registry.add("odd.path", LAKEHOUSE.resolve("odd")::toString);
        registry.add("library.path", LAKEHOUSE.resolve("library")::toString);
        registry.add("gaps.path", LAKEHOUSE.resolve("gaps")::toString);
        registry.add(
                "spring.security.oauth2.resourceserver.jwt.public-key-location",
                () -> FOLDER.resolve("issuer.pem").toUri().toString());
    }

    /// The contracts as they are, but looked at ten times a second, so that no test has to wait long.
    private static void copyImpatient(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                Files.writeString(
                        to.resolve(file.getFileName()),
                        text.replace(
                                "property: latency\n    value: 5\n    unit: s",
                                "property: latency\n    value: 0.5\n    unit: s"));
            }
        }
    }

    String address(String path) {
        return "http://localhost:" + port + path;
    }

    Reply get(String token, String address, String... headers) {
        return send(request(token, address, headers).build());
    }

    /// @param json the body; empty: none
    Reply post(String token, String address, String json) {
        HttpRequest.Builder request =
                json.isEmpty() ? request(token, address) : request(token, address, "Content-Type", "application/json");
        return send(request.POST(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    Reply delete(String token, String address) {
        return send(request(token, address).DELETE().build());
    }

    HttpRequest.Builder request(String token, String address, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + address));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private static Reply send(HttpRequest request) {
        try {
            return new Reply(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Asks until the answer is as wanted.
    Reply until(Predicate<Reply> wanted, String token, String address) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Reply reply = get(token, address);
            if (wanted.test(reply)) {
                return reply;
            }
            if (System.nanoTime() > deadline) {
                return fail("%s still answers %d: %s", address, reply.status(), reply.body());
            }
            Thread.sleep(20);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Another process over the same store and contracts, that only serves; whoever asks for it closes it.
    static ConfigurableApplicationContext sameStore() {
        return SpringApplication.run(
                Vitrine.class,
                "--server.port=0",
                "--logging.level.dev.vitrine=off",
                "--vitrine.roles=serve",
                "--vitrine.audit.enabled=false",
                "--vitrine.contracts=" + CONTRACTS,
                "--vitrine.data=" + FOLDER.resolve("data"),
                "--gold.path=" + LAKEHOUSE.resolve("gold"),
                "--odd.path=" + LAKEHOUSE.resolve("odd"),
                "--library.path=" + LAKEHOUSE.resolve("library"),
                "--gaps.path=" + LAKEHOUSE.resolve("gaps"),
                "--spring.security.oauth2.resourceserver.jwt.public-key-location="
                        + FOLDER.resolve("issuer.pem").toUri());
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
