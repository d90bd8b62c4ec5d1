package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What travels beside the answers: compression, HTTP/2, and what browsers ask before they let a page call.
@SpringBootTest(
        classes = RestTestApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "vitrine.cors.origins=https://app.example.com,https://*.shop.example")
class ConnectionsTest {

    private static final String CUSTOMER = "/api/shop/v2/customers/1";

    private final ChosenEntities entities;
    private final Client client;

    ConnectionsTest(@Autowired ChosenEntities entities, @LocalServerPort int port) {
        this.entities = entities;
        this.client = Client.at(port);
    }

    @BeforeEach
    void serve() {
        entities.reset();
        entities.byKey.put(List.of("1"), "{\"text\":\"" + "x".repeat(5_000) + "\"}");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void largeAnswersAreCompressedForWhoTakesThat(Version version) throws Exception {
        try (HttpClient http = HttpClient.newBuilder().version(version).build()) {
            HttpResponse<byte[]> compressed = http.send(
                    client.request(CUSTOMER, "Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
            HttpResponse<byte[]> plain = http.send(client.request(CUSTOMER).build(), BodyHandlers.ofByteArray());

            assertThat(compressed.version()).isEqualTo(version);
            assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(compressed.headers().allValues("Vary").toString())
                    .containsIgnoringCase("accept-encoding")
                    .containsIgnoringCase("authorization");
            assertThat(compressed.body()).hasSizeLessThan(500);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                    .isEqualTo(plain.body());
            assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(plain.headers().firstValue("ETag"))
                    .isEqualTo(compressed.headers().firstValue("ETag"));

            HttpResponse<byte[]> known = http.send(
                    client.request(
                                    CUSTOMER,
                                    "Accept-Encoding",
                                    "gzip",
                                    "If-None-Match",
                                    compressed.headers().firstValue("ETag").orElseThrow())
                            .build(),
                    BodyHandlers.ofByteArray());
            assertThat(known.statusCode()).isEqualTo(304);
        }
    }

    @Test
    void http2IsSpokenInClearWithoutAskingFirst() throws IOException {
        try (Socket socket = new Socket("localhost", client.port())) {
            socket.getOutputStream()
                    .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));

            byte[] frame = socket.getInputStream().readNBytes(9);
            assertThat(frame[3]).as("a frame of SETTINGS").isEqualTo((byte) 4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.com", "https://a.shop.example"})
    void aBrowserIsToldThatAPageMayCall(String origin) throws IOException {
        Client anybody = new Client(client.port(), "");

        String permission = anybody.raw(
                "OPTIONS",
                "/api/shop/v2/customers:batchGet",
                "Origin: " + origin,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,content-type,prefer");

        assertThat(permission)
                .startsWith("HTTP/1.1 200")
                .contains(
                        "Access-Control-Allow-Origin: " + origin,
                        "Access-Control-Allow-Methods: POST",
                        "Access-Control-Allow-Headers: authorization, content-type, prefer",
                        "Access-Control-Max-Age: 3600")
                .doesNotContain("Access-Control-Allow-Credentials");

        String answer = client.raw("GET", CUSTOMER, "Origin: " + origin);
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("Access-Control-Allow-Origin: " + origin, "Access-Control-Expose-Headers: *")
                .containsIgnoringCase("Vary: origin");
        String refusal = anybody.raw("GET", CUSTOMER, "Origin: " + origin);
        assertThat(refusal).startsWith("HTTP/1.1 401").contains("Access-Control-Allow-Origin: " + origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://elsewhere.example", "http://app.example.com", "https://shop.example", "null"})
    void aBrowserIsToldThatAPageMayNotCall(String origin) throws IOException {
        String permission = client.raw("OPTIONS", CUSTOMER, "Origin: " + origin, "Access-Control-Request-Method: GET");

        assertThat(permission)
                .startsWith("HTTP/1.1 403")
                .contains("application/problem+json", "origin-not-allowed")
                .doesNotContain("Access-Control-Allow-Origin");
        assertThat(client.raw("GET", CUSTOMER, "Origin: " + origin))
                .as("programs are answered, and no browser shows it to its page")
                .startsWith("HTTP/1.1 200")
                .doesNotContain("Access-Control-Allow-Origin");
    }

    @Test
    void thePagesOfTheServiceItselfNeedNoPermission() throws IOException {
        assertThat(client.raw("GET", CUSTOMER, "Origin: http://localhost:" + client.port()))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void whatNoPageNeedsIsOpenToNone() throws IOException {
        assertThat(new Client(client.port(), "")
                        .raw(
                                "OPTIONS",
                                "/actuator/health",
                                "Origin: https://app.example.com",
                                "Access-Control-Request-Method: GET"))
                .doesNotContain("Access-Control-Allow-Origin");
    }
}
