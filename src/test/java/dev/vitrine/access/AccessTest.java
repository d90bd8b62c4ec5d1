package dev.vitrine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Who gets in, asked over the wire: addresses are sent byte for byte, as no client library would.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = AccessTest.Application.class,
        properties = "management.endpoints.web.exposure.include=*")
class AccessTest {

    private static final Issuer ISSUER = issuer();

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", ISSUER::keysAddress);
        registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", () -> Issuer.NAME);
        registry.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> Issuer.AUDIENCE);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void tellsWhoAsksAndWithWhichScopes() throws IOException {
        Reply reply = get("/api/sales/v1/customers/1", ISSUER.token(claims -> {}));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("ada via notebook with [sales:read, sales:support]");
    }

    @Test
    void readsScopesFromEitherClaimAndEitherForm() throws IOException {
        Reply reply = get(
                "/api/sales/v1/customers/1",
                ISSUER.token(claims -> claims.claim("scope", List.of("a", "b")).claim("scp", "c  d")));

        assertThat(reply.body()).contains("with [a, b, c, d]");
    }

    @Test
    void asksForATokenWithoutBlamingOne() throws IOException {
        Reply reply = get("/api/sales/v1/customers/1", null);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.head()).contains("WWW-Authenticate: Bearer").doesNotContain("error=");
    }

    @Test
    void refusesTokensThatAreNotGood() throws IOException, JOSEException {
        refused(ISSUER.token(expiring(-120)));
        refused(ISSUER.token(claims -> claims.issuer("https://elsewhere.example")));
        refused(ISSUER.token(claims -> claims.audience("payroll")));
        refused(ISSUER.token(
                claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(600)))));
        refused(ISSUER.token(claims -> claims.claim("cnf", Map.of("jkt", "abc"))));
        refused(new PlainJWT(Issuer.claims(claims -> {})).serialize());
        refused(Issuer.forged());
        refused("nonsense");
        String good = ISSUER.token(claims -> {});
        refused(good.substring(0, good.indexOf('.') + 5) + "x" + good.substring(good.indexOf('.') + 6));
    }

    @Test
    void remembersAGoodTokenWithoutMistakingAnotherForIt() throws IOException {
        String token = ISSUER.token(claims -> {});
        for (int i = 0; i < 3; i++) {
            assertThat(get("/api/sales/v1/customers/1", token).status()).isEqualTo(200);
        }

        refused(token.substring(0, token.length() - 4) + "AAAA");
        assertThat(get("/api/sales/v1/customers/1", ISSUER.token(claims -> claims.subject("bob")))
                        .body())
                .contains("bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/sales/v1/openapi.json", "/api/sales/v1/openapi.yaml", "/problems/invalid-query"})
    void showsDocumentsToEverybody(String address) throws IOException {
        assertThat(get(address, null).body()).isEqualTo("open");
    }

    @Test
    void tellsItsHealthToEverybody() throws IOException {
        assertThat(get("/actuator/health", null).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator/metrics, vitrine:metrics, 200",
        "/actuator/metrics, vitrine:operate, 403",
        "/actuator/beans, vitrine:operate, 200",
        "/actuator/beans, vitrine:metrics, 403",
        "/actuator, sales:read, 403",
        "/elsewhere, vitrine:operate, 403"
    })
    void opensOperationsByScope(String address, String scope, int status) throws IOException {
        assertThat(get(address, ISSUER.token(claims -> claims.claim("scope", scope)))
                        .status())
                .isEqualTo(status);
        assertThat(get(address, null).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "a%2Fb",
        "a%2F..%2Fb",
        "..%2F..%2Factuator",
        "100%25",
        "a%252Fb",
        "a%5Cb",
        "a%3Bb",
        "a;b",
        "a%2Cb",
        "%20",
        "x%0Ay",
        "x%0Dy",
        "x%01y",
        "%E2%80%A8",
        "%F0%9F%98%80",
        "%2F%2Fa",
        "...",
        "a%2Eb"
    })
    void letsAnyCharacterOfAKeyThrough(String key) throws IOException {
        Reply reply = get("/api/sales/v1/customers/" + key, ISSUER.token(claims -> {}));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.body()).startsWith("/api/sales/v1/customers/" + key + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health%2F..%2Fbeans",
                "/actuator/health;/beans",
                "/api/../actuator/beans",
                "/api/%2e%2e/actuator/beans",
                "/api/sales/v1/customers/..",
                "/problems/%2e%2e/actuator/beans",
                "/swagger-ui/..%2f..%2factuator/beans",
                "//actuator/beans"
            })
    void isStrictAboutEveryOtherAddress(String address) throws IOException {
        String operator = ISSUER.token(claims -> claims.claim("scope", "vitrine:operate"));
        assertThat(get(address, operator).status()).isIn(400, 403, 404);
        assertThat(get(address, null).status()).isIn(400, 401);
    }

    @Test
    void refusesToStartWithoutAnIssuer() {
        SpringApplication application = new SpringApplication(Application.class);

        assertThatThrownBy(() -> application.run("--server.port=0")).hasRootCauseInstanceOf(IssuerNotConfigured.class);
    }

    private void refused(String token) throws IOException {
        Reply reply = get("/api/sales/v1/customers/1", token);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.head()).contains("error=\"invalid_token\"");
    }

    private static Consumer<JWTClaimsSet.Builder> expiring(int seconds) {
        return claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(seconds)));
    }

    private record Reply(int status, String head, String body) {}

    private Reply get(String address, @Nullable String token) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String reply = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readAllAsString();
            int end = reply.indexOf("\r\n\r\n");
            return new Reply(
                    Integer.parseInt(reply.substring(9, 12)), reply.substring(0, end), reply.substring(end + 4));
        }
    }

    private static Issuer issuer() {
        try {
            return new Issuer();
        } catch (JOSEException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({AccessConfiguration.class, Door.class})
    static class Application {}

    @RestController
    static class Door {

        @GetMapping(path = "/api/sales/v1/customers/*", produces = "text/plain")
        String customer(HttpServletRequest request) {
            Caller caller = Callers.current();
            return "%s %s via %s with %s"
                    .formatted(
                            request.getRequestURI(), caller.subject(), caller.client(), new TreeSet<>(caller.scopes()));
        }

        @GetMapping({"/api/sales/v1/openapi.json", "/api/sales/v1/openapi.yaml", "/problems/invalid-query"})
        String document() {
            return "open";
        }
    }
}
