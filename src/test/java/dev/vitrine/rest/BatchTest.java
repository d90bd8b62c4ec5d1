package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RestTest
class BatchTest {

    private static final String CUSTOMERS = "/api/shop/v2/customers:batchGet";
    private static final String STOCK = "/api/shop/v2/stock:batchGet";

    private final ChosenEntities entities;
    private final Client client;

    BatchTest(@Autowired ChosenEntities entities, @LocalServerPort int port) {
        this.entities = entities;
        this.client = Client.at(port);
    }

    @BeforeEach
    void forget() {
        entities.reset();
    }

    @Test
    void everyKeyIsAnsweredInItsPlace() {
        entities.byKey.put(List.of("."), "{\"customerId\":\".\"}");
        entities.byKey.put(List.of(""), "{\"customerId\":\"\"}");
        entities.byKey.put(List.of("7"), "{\"customerId\":\"7\"}");

        HttpResponse<String> answer =
                client.post(CUSTOMERS + "?fields=customerId&expand=a,b", "{\"keys\":[\".\",\"x\",\"\",7,\".\"]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"items\":["
                        + "{\"key\":\".\",\"status\":200,\"entity\":{\"customerId\":\".\"}},"
                        + "{\"key\":\"x\",\"status\":404,\"code\":\"unknown-key\"},"
                        + "{\"key\":\"\",\"status\":200,\"entity\":{\"customerId\":\"\"}},"
                        + "{\"key\":7,\"status\":200,\"entity\":{\"customerId\":\"7\"}},"
                        + "{\"key\":\".\",\"status\":200,\"entity\":{\"customerId\":\".\"}}]}");
        assertThat(entities.askedFields).containsExactly("customerId");
        assertThat(entities.askedExpand).containsExactly("a", "b");
        assertThat(answer.headers().firstValue("Delta-Table-Version")).contains("42");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-cache");
    }

    @Test
    void aKeyOfSeveralPartsIsAnObject() {
        entities.byKey.put(List.of("2026-01-31", "a,b"), "{\"pieces\":1}");

        assertThat(client.post(STOCK, "{\"keys\":[{\"shelf\":\"a,b\",\"day\":\"2026-01-31\"}]}")
                        .body())
                .isEqualTo("{\"items\":[{\"key\":{\"shelf\":\"a,b\",\"day\":\"2026-01-31\"},\"status\":200,"
                        + "\"entity\":{\"pieces\":1}}]}");
    }

    @Test
    void aWithheldEntityIsTold() {
        entities.withheld = true;

        assertThat(client.post(CUSTOMERS, "{\"keys\":[\"1\"]}").body())
                .isEqualTo("{\"items\":[{\"key\":\"1\",\"status\":404,\"code\":\"withheld\"}]}");
    }

    @Test
    void takesAHundredKeysAndNoMore() {
        assertThat(client.post(CUSTOMERS, keys(100)).statusCode()).isEqualTo(200);
        Problem.in(client.post(CUSTOMERS, keys(101)))
                .is(400, "invalid-request")
                .names("keys")
                .saying("101 keys, of at most 100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "1", "null", "{\"keys\":[]}", "{\"keys\":{}}", "{\"keys\":\"1\"}", "{\"keys\":null}"
            })
    void refusesABodyWithoutKeys(String body) {
        Problem.in(client.post(CUSTOMERS, body)).is(400, "invalid-request").names("keys");
    }

    @Test
    void namesEveryKeyThatIsNone() {
        Problem.in(client.post(
                        CUSTOMERS + "?limit=1", "{\"keys\":[\"1\",null,[\"1\"],{\"customerId\":\"1\"}],\"more\":1}"))
                .is(400, "invalid-request")
                .names("limit", "keys[1]", "keys[2]", "keys[3]", "more");
        Problem.in(client.post(
                        STOCK,
                        "{\"keys\":[\"2026-01-31,a\",{\"day\":\"2026-01-31\"},{\"day\":\"2026-01-31\",\"shelf\":\"a\",\"x\":1},"
                                + "{\"day\":\"2026-01-31\",\"shelf\":null}]}"))
                .is(400, "invalid-request")
                .names("keys[0]", "keys[1]", "keys[2]", "keys[3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"keys\":[1]} x", "{\"keys\":[1],\"keys\":[2]}", "keys=1"})
    void refusesWhatIsNoJson(String body) {
        Problem.in(client.post(CUSTOMERS, body)).is(400, "malformed-request");
    }

    @Test
    void refusesABodyOfAnotherFormOrTooLarge() {
        Problem.in(client.post(CUSTOMERS, "{\"keys\":[1]}", "Content-Type", "text/plain"))
                .is(415, "unsupported-media-type");
        Problem.in(client.post(CUSTOMERS, "{\"keys\":[1]}", "Content-Type", "rubbish"))
                .is(415, "unsupported-media-type");
        assertThat(client.post(CUSTOMERS, "{\"keys\":[1]}", "Content-Type", "application/json; charset=utf-8")
                        .statusCode())
                .isEqualTo(200);
        Problem.in(client.post(CUSTOMERS, "{\"keys\":[\"" + "x".repeat(1_000_000) + "\"]}"))
                .is(413, "request-too-large");
        Problem.in(client.post(CUSTOMERS, "[".repeat(100_000))).is(400, "malformed-request");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/shop/v2/customers:batchGet, 405, 'POST, OPTIONS'",
        "DELETE, /api/shop/v2/customers, 405, 'GET, HEAD, OPTIONS'",
        "PATCH, /api/shop/v2/customers/1, 405, 'GET, HEAD, OPTIONS'",
        "POST, /api/shop/v2/openapi.json, 405, 'GET, HEAD, OPTIONS'",
        "OPTIONS, /api/shop/v2/customers:batchGet, 204, 'POST, OPTIONS'",
        "OPTIONS, /api/shop/v2/customers, 204, 'GET, HEAD, OPTIONS'",
        "OPTIONS, /api/shop/v2/customers/1, 204, 'GET, HEAD, OPTIONS'",
        "OPTIONS, /api/shop/v2/openapi.json, 204, 'GET, HEAD, OPTIONS'"
    })
    void everyAddressSaysWhatItTakes(String method, String path, int status, String allow) {
        HttpResponse<String> answer = client.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Allow")).contains(allow);
        if (status == 405) {
            Problem.in(answer).is(405, "method-not-allowed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/shop/v2/customers:batch",
                "/api/shop/v2/customers:",
                "/api/shop/v2/customers:batchGet/1",
                "/api/shop/v2/customers:batchGet/1/orders",
                "/api/shop/v2/customers/1/orders/2"
            })
    void anythingElseIsUnknown(String path) {
        Problem.in(client.post(path, "{}")).is(404, "unknown-address");
        Problem.in(client.send("OPTIONS", path)).is(404, "unknown-address");
    }

    @Test
    void aRelationThatThereIsNotIsNamed() {
        Problem.in(client.get("/api/shop/v2/customers/1/orders"))
                .is(404, "unknown-relation")
                .saying("customers have no relation orders; there are: none");
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }
}
