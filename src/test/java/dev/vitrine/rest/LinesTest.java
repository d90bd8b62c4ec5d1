package dev.vitrine.rest;

import static dev.vitrine.rest.ChosenEntities.AS_OF;
import static dev.vitrine.rest.ChosenEntities.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.query.EntitiesUnavailable;
import dev.vitrine.query.EntityAnswer;
import dev.vitrine.query.InvalidQuery;
import dev.vitrine.query.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Collections as lines: read page by page, sent while they are read.
@RestTest
class LinesTest {

    private static final String CUSTOMERS = "/api/shop/v2/customers";

    private final ChosenEntities entities;
    private final Client client;
    private final AtomicInteger reads = new AtomicInteger();

    LinesTest(@Autowired ChosenEntities entities, @LocalServerPort int port) {
        this.entities = entities;
        this.client = Client.at(port);
    }

    @BeforeEach
    void forget() {
        entities.reset();
    }

    @Test
    void everyEntityIsALineOfJson() {
        List<Selection> asked = new ArrayList<>();
        entities.pages = selection -> {
            asked.add(selection);
            return pages(3).apply(selection);
        };

        HttpResponse<String> answer = client.get(
                CUSTOMERS + "?segment=A&sort=-segment", "Accept", "application/jsonl", "Prefer", "count=exact");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/jsonl");
        assertThat(answer.body())
                .isEqualTo("{\"page\":1}\n{\"page\":1}\n{\"page\":2}\n{\"page\":2}\n{\"page\":3}\n{\"page\":3}\n");
        assertThat(answer.headers().firstValue("Delta-Table-Version")).contains("42");
        assertThat(answer.headers().firstValue("Total-Count")).contains("6");
        assertThat(answer.headers().firstValue("Link")).isEmpty();
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
        assertThat(asked).extracting(Selection::limit).containsOnly(200);
        assertThat(asked).extracting(Selection::sort).containsOnly(List.of("-segment"));
        assertThat(asked).extracting(Selection::count).containsExactly(true, false, false);
        assertThat(asked).extracting(Selection::cursor).containsExactly(null, "1", "2");
    }

    @Test
    void aLimitAsksForOnePage() {
        entities.pages = pages(3);

        HttpResponse<String> answer = client.get(CUSTOMERS + "?limit=2", "Accept", "application/jsonl");

        assertThat(answer.body()).isEqualTo("{\"page\":1}\n{\"page\":1}\n");
        assertThat(answer.headers().firstValue("Link").orElse(""))
                .contains("limit=2&cursor=1")
                .contains("rel=\"next\"");
        assertThat(client.get(CUSTOMERS + "?cursor=2", "Accept", "application/jsonl")
                        .body())
                .isEqualTo("{\"page\":3}\n{\"page\":3}\n");
    }

    @Test
    void csvHasAColumnForEachFieldThatIsNoObject() {
        entities.page = new EntityAnswer.Many(
                AS_OF,
                List.of(
                        bytes(
                                "{\"customerId\":\"1\",\"segment\":null,\"balance\":9.00,\"address\":{\"nation\":\"a,\\\"b\\\"\\nc\",\"street\":\"\"},"
                                        + "\"lines\":[{\"shipDate\":\"2026-01-01\"},null],\"limit\":12345678901234567890}"),
                        bytes("{\"customerId\":\"é\",\"segment\":\"x\",\"lines\":[]}")),
                null,
                null);

        HttpResponse<String> answer = client.get(CUSTOMERS, "Accept", "text/csv");

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv;header=present;charset=UTF-8");
        assertThat(answer.body()).isEqualTo("""
                customerId,segment,balance,address.nation,address.street,lines,limit\r
                1,,9.00,"a,""b""
                c","","[{""shipDate"":""2026-01-01""},null]",12345678901234567890\r
                é,x,,,,[],\r
                """);
    }

    @Test
    void csvHasTheColumnsAskedForInTheContractsOrder() {
        entities.page = new EntityAnswer.Many(
                AS_OF,
                List.of(bytes("{\"segment\":\"x\",\"address\":{\"nation\":\"n\",\"street\":\"s\"}}")),
                null,
                null);

        assertThat(client.get(CUSTOMERS + "?fields=address,segment", "Accept", "text/csv")
                        .body())
                .isEqualTo("segment,address.nation,address.street\r\nx,n,s\r\n");
        entities.page = new EntityAnswer.Many(AS_OF, List.of(), null, null);
        assertThat(client.get(CUSTOMERS + "?fields=segment", "Accept", "text/csv")
                        .body())
                .isEqualTo("segment\r\n");
    }

    @Test
    void columnsHoldNoRelations() {
        Problem.in(client.get(CUSTOMERS + "?expand=orders&limit=0", "Accept", "text/csv"))
                .is(400, "invalid-request")
                .names("expand", "limit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json, text/csv",
                "text/csv;q=0.5, application/*;q=0.8",
                "*/*",
                "text/csv;q=0, */*",
                "application/json, application/jsonl, text/csv, application/problem+json"
            })
    void whoTakesJsonAsWellGetsJson(String accept) {
        assertThat(client.get(CUSTOMERS, "Accept", accept).headers().firstValue("Content-Type"))
                .contains("application/json");
    }

    @Test
    void theLikedFormWins() {
        assertThat(client.get(CUSTOMERS, "Accept", "application/json;q=0.5, text/*")
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .startsWith("text/csv");
        Problem.in(client.get(CUSTOMERS, "Accept", "text/html"))
                .is(406, "not-acceptable")
                .saying("text/csv");
        entities.byKey.put(List.of("1"), "{}");
        Problem.in(client.get(CUSTOMERS + "/1", "Accept", "text/csv")).is(406, "not-acceptable");
        assertThat(client.get(CUSTOMERS).headers().allValues("Vary").toString()).contains("Accept");
    }

    @Test
    void headReadsNoMoreThanOnePage() {
        entities.pages = pages(3);

        HttpResponse<String> answer = client.send("HEAD", CUSTOMERS, "Accept", "text/csv");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(reads).hasValue(1);
    }

    @Test
    void whatFailsBeforeTheFirstPageIsAProblem() {
        entities.failure =
                new InvalidQuery(List.of(new InvalidQuery.Fault("cursor", "invalid-cursor", "is another's")));

        Problem.in(client.get(CUSTOMERS + "?cursor=x", "Accept", "application/jsonl"))
                .is(400, "invalid-request")
                .names("cursor");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void anAnswerThatFailsMidwayIsCutOff(Version version) throws Exception {
        entities.pages = failingAfter(2);
        try (HttpClient http = HttpClient.newBuilder().version(version).build()) {
            HttpResponse<InputStream> answer = http.send(
                    client.request(CUSTOMERS, "Accept", "application/jsonl").build(), BodyHandlers.ofInputStream());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(version);
            try (InputStream body = answer.body()) {
                assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
            }
            // the server goes on serving
            entities.pages = pages(1);
            assertThat(http.send(client.request(CUSTOMERS).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aCutOffAnswerLacksItsEndOnTheWire() throws Exception {
        entities.pages = failingAfter(2);

        String cut = client.raw("GET", CUSTOMERS, "Accept: application/jsonl");
        entities.pages = pages(2);
        String whole = client.raw("GET", CUSTOMERS, "Accept: application/jsonl");

        assertThat(cut)
                .startsWith("HTTP/1.1 200")
                .contains("Transfer-Encoding: chunked", "{\"page\":2}")
                .doesNotEndWith("0\r\n\r\n");
        assertThat(whole).contains("{\"page\":2}").endsWith("0\r\n\r\n");
    }

    @Test
    void pagesAreReadNoFasterThanTheCallerTakesThem() throws Exception {
        byte[] large = bytes("{\"text\":\"" + "x".repeat(100_000) + "\"}");
        entities.pages = selection -> {
            int page = reads.incrementAndGet();
            return new EntityAnswer.Many(AS_OF, List.of(large, large), Integer.toString(page), null);
        };
        try (Socket socket = new Socket("localhost", client.port())) {
            socket.getOutputStream()
                    .write(("GET " + CUSTOMERS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + client.token() + "\r\nAccept: application/jsonl\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            int before;
            do {
                before = reads.get();
                Thread.sleep(300);
            } while (reads.get() != before);
            // what the two systems' buffers hold, and not one page more; it would go on for ever
            assertThat(before).isLessThan(200);
            socket.getInputStream().readNBytes(5_000_000);
            assertThat(reads.get()).isGreaterThan(before);
        }
        int atTheEnd;
        do {
            atTheEnd = reads.get();
            Thread.sleep(300);
        } while (reads.get() != atTheEnd);
    }

    private java.util.function.Function<Selection, EntityAnswer.Many> pages(int count) {
        return selection -> {
            reads.incrementAndGet();
            int page =
                    selection.cursor() == null ? 1 : Integer.parseInt(Objects.requireNonNull(selection.cursor())) + 1;
            byte[] item = bytes("{\"page\":" + page + "}");
            return new EntityAnswer.Many(
                    AS_OF,
                    List.of(item, item),
                    page == count ? null : Integer.toString(page),
                    selection.count() ? 2L * count : null);
        };
    }

    private java.util.function.Function<Selection, EntityAnswer.Many> failingAfter(int count) {
        return selection -> {
            if (Integer.toString(count).equals(selection.cursor())) {
                throw new EntitiesUnavailable("the table is gone", null);
            }
            return pages(count + 1).apply(selection);
        };
    }
}
