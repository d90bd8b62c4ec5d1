package dev.vitrine.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.token.Issuer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// Operations on a port of their own, and callers that take their time.
class OwnPortTest {

    private static final Issuer ISSUER = new Issuer();
    private static ConfigurableApplicationContext server;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        server = new SpringApplication(AccessTest.Application.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--management.endpoints.web.exposure.include=*",
                        "--spring.jmx.enabled=false",
                        "--server.tomcat.connection-timeout=300ms",
                        "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + ISSUER.name(),
                        "--spring.security.oauth2.resourceserver.jwt.audiences=" + Issuer.AUDIENCE);
    }

    @AfterAll
    static void stop() {
        server.close();
        ISSUER.close();
    }

    @Test
    void theOperationsAreThereAndAsGuarded() throws Exception {
        String operator = ISSUER.token(claims -> claims.claim("scope", "vitrine:operate"));
        String other = ISSUER.token(claims -> {});
        int management = port("local.management.port");

        assertThat(get(management, "/actuator/beans", operator)).isEqualTo(200);
        assertThat(get(management, "/actuator/beans", other)).isEqualTo(403);
        assertThat(get(management, "/actuator/beans", "")).isEqualTo(401);
        assertThat(get(management, "/actuator/health", "")).isEqualTo(200);
        assertThat(get(management, "/api/sales/v1/customers/1", other)).isEqualTo(404);
        assertThat(get(port("local.server.port"), "/actuator/beans", operator)).isEqualTo(404);
        assertThat(get(port("local.server.port"), "/api/sales/v1/customers/1", other))
                .isEqualTo(200);
    }

    @Test
    void aCallerThatDoesNotGoOnIsLeft() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port("local.server.port"))) {
            socket.setSoTimeout(Math.toIntExact(Duration.ofSeconds(20).toMillis()));
            socket.getOutputStream()
                    .write("GET /api/sales/v1/customers/1 HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();

            // the end, and no SocketTimeoutException
            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .doesNotContain("HTTP/1.1 200");
        }
    }

    private static int port(String name) {
        return server.getEnvironment().getRequiredProperty(name, Integer.class);
    }

    private int get(int port, String address, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + address));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
