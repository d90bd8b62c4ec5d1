package dev.vitrine.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.vitrine.access.AccessMisconfigured;
import dev.vitrine.access.Caller;
import dev.vitrine.access.Callers;
import dev.vitrine.access.token.Issuer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.ComponentScan;
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

    private static final Issuer ISSUER = new Issuer();

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::name);
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
        refused("expired", ISSUER.token(expiring(-120)));
        refused("not yet valid", ISSUER.token(claims -> claims.notBeforeTime(in(600))));
        refused("without an end", ISSUER.token(claims -> claims.expirationTime(null)));
        refused("issuer", ISSUER.token(claims -> claims.issuer("https://elsewhere.example")));
        refused("no issuer", ISSUER.token(claims -> claims.issuer(null)));
        refused("audience", ISSUER.token(claims -> claims.audience("payroll")));
        refused("no audience", ISSUER.token(claims -> claims.audience((String) null)));
        refused("bound", ISSUER.token(claims -> claims.claim("cnf", Map.of("jkt", "abc"))));
        refused("unsigned", new PlainJWT(ISSUER.claims(claims -> {})).serialize());
        refused("HS256 with the public key", hmacWithThePublicKey());
        refused("algorithm not pinned", ISSUER.token(new JWSHeader.Builder(JWSAlgorithm.RS512), claims -> {}));
        refused("unknown key", ISSUER.token(header().keyID("unknown"), claims -> {}));
        refused("own key in the header", ISSUER.token(header().keyID("mine").jwk(ISSUER.publicKey()), claims -> {}));
        refused("other type", ISSUER.token(header().type(new JOSEObjectType("logout+jwt")), claims -> {}));
        refused("forged", ISSUER.forged());
        refused("nonsense", "nonsense");
        refused("huge", ISSUER.token(claims -> claims.claim("all", "x".repeat(20_000))));
        String good = ISSUER.token(claims -> {});
        refused("tampered", good.substring(0, good.indexOf('.') + 5) + "x" + good.substring(good.indexOf('.') + 6));
        refused("stripped", good.substring(0, good.lastIndexOf('.') + 1));
    }

    @Test
    void takesClocksThatDifferALittle() throws IOException {
        assertThat(get("/api/sales/v1/customers/1", ISSUER.token(expiring(-30))).status())
                .isEqualTo(200);
        assertThat(get("/api/sales/v1/customers/1", ISSUER.token(claims -> claims.notBeforeTime(in(30))))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void takesTokensThatSayTheyAreAccessTokens() throws IOException {
        String token = ISSUER.token(header().type(new JOSEObjectType("at+jwt")), claims -> {});

        assertThat(get("/api/sales/v1/customers/1", token).status()).isEqualTo(200);
    }

    @Test
    void refusesTwoAuthorizationHeaders() throws IOException {
        String good = "Authorization: Bearer " + ISSUER.token(claims -> {}) + "\r\n";
        for (String headers :
                List.of(good + good, good + "Authorization: Bearer x\r\n", good + "authorization: \r\n")) {
            Reply reply = exchange("/api/sales/v1/customers/1", headers);

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.head()).contains("error=\"invalid_token\"");
        }
    }

    @Test
    void takesNoTokenFromTheAddress() throws IOException {
        Reply reply = get("/api/sales/v1/customers/1?access_token=" + ISSUER.token(claims -> {}), null);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.head()).contains("WWW-Authenticate: Bearer");
    }

    @Test
    void losesNoRequestWhileTheIssuerChangesItsKeys() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                String name = "caller-" + caller;
                all.add(callers.submit(() -> {
                    while (!over.get()) {
                        String fresh = ISSUER.token(claims -> claims.subject(name + served.incrementAndGet()));
                        assertThat(get("/api/sales/v1/customers/1", fresh).status())
                                .isEqualTo(200);
                    }
                    return null;
                }));
            }
            for (int rotation = 0; rotation < 3; rotation++) {
                Thread.sleep(1_200);
                ISSUER.rotate("rotation-" + rotation);
            }
            Thread.sleep(300);
            over.set(true);
            for (Future<?> caller : all) {
                caller.get();
            }
        }
        assertThat(served.get()).isGreaterThan(100);
    }

    @Test
    void remembersAGoodTokenWithoutMistakingAnotherForIt() throws IOException {
        String token = ISSUER.token(claims -> {});
        for (int i = 0; i < 3; i++) {
            assertThat(get("/api/sales/v1/customers/1", token).status()).isEqualTo(200);
        }

        refused("tampered", token.substring(0, token.length() - 4) + "AAAA");
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

        assertThatThrownBy(() -> application.run("--server.port=0"))
                .hasRootCauseMessage("no issuer of tokens is configured");
    }

    @ParameterizedTest
    @CsvSource({
        "--vitrine.issuers.entra.audiences=x, neither an issuer-uri nor a jwk-set-uri",
        "--vitrine.issuers.entra.issuer-uri=https://a.example --vitrine.issuers.entra.jws-algorithms=HS256, HS256",
        "--vitrine.issuers.a.issuer-uri=https://a.example --vitrine.issuers.b.issuer-uri=https://a.example, same"
    })
    void refusesToStartWithIssuersThatCannotBeMeant(String arguments, String reason) {
        SpringApplication application = new SpringApplication(Application.class);

        assertThatThrownBy(() -> application.run(("--server.port=0 " + arguments).split(" ")))
                .hasRootCauseInstanceOf(AccessMisconfigured.class)
                .rootCause()
                .hasMessageContaining(reason);
    }

    private void refused(String why, String token) throws IOException {
        Reply reply = get("/api/sales/v1/customers/1", token);
        assertThat(reply.status()).as(why).isEqualTo(401);
        assertThat(reply.head()).contains("error=\"invalid_token\"");
    }

    private static Consumer<JWTClaimsSet.Builder> expiring(int seconds) {
        return claims -> claims.expirationTime(in(seconds));
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256);
    }

    /// Who takes the published key for the secret of an HMAC lets everybody sign.
    private static String hmacWithThePublicKey() throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(ISSUER.publicKey().getKeyID())
                        .build(),
                ISSUER.claims(claims -> {}));
        token.sign(new MACSigner(ISSUER.publicKey().toRSAPublicKey().getEncoded()));
        return token.serialize();
    }

    private record Reply(int status, String head, String body) {}

    private Reply get(String address, @Nullable String token) throws IOException {
        return exchange(address, token == null ? "" : "Authorization: Bearer " + token + "\r\n");
    }

    private Reply exchange(String address, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request =
                    "GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String reply = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readAllAsString();
            int end = reply.indexOf("\r\n\r\n");
            return new Reply(
                    Integer.parseInt(reply.substring(9, 12)), reply.substring(0, end), reply.substring(end + 4));
        }
    }

    @EnableAutoConfiguration(exclude = OAuth2ResourceServerAutoConfiguration.class)
    @ComponentScan("dev.vitrine.access")
    @Import(Door.class)
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
