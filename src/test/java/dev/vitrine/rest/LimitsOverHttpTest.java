package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.LimitExceeded;
import dev.vitrine.query.EntityAnswer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/// Limits as callers meet them. Each test has a caller of its own, so that what one takes is not missing in another.
@SpringBootTest(classes = RestTestApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(
        properties = {
            "vitrine.limits.plans.hundred.minute=100/1m",
            "vitrine.limits.plans.hundred.day=1000/1d",
            "vitrine.limits.default-plan=hundred",
            "vitrine.limits.products.stock.minute=3/1m",
            "vitrine.limits.addresses=20/1m"
        })
class LimitsOverHttpTest {

    private static final String ONE = "/api/shop/v2/customers/1";

    private final ChosenEntities entities;
    private final int port;

    LimitsOverHttpTest(@Autowired ChosenEntities entities, @LocalServerPort int port) {
        this.entities = entities;
        this.port = port;
    }

    @BeforeEach
    void oneCustomer() {
        entities.reset();
        entities.byKey.put(List.of("1"), "{\"customerId\":\"1\"}");
    }

    @Test
    void everyAnswerTellsASingleCallerExactlyWhatIsLeft() {
        Client caller = caller("single");
        List<String> addresses = List.of(
                ONE,
                "/api/shop/v2/customers/none",
                "/api/shop/v2/customers?nonsense=1",
                "/api/shop/v2/nothing",
                "/api/none/v1/x");
        for (int i = 1; i <= 100; i++) {
            HttpResponse<String> answer = caller.get(addresses.get(i % addresses.size()));

            assertThat(header(answer, "RateLimit-Policy")).isEqualTo("\"minute\";q=100;w=60, \"day\";q=1000;w=86400");
            assertThat(header(answer, "RateLimit"))
                    .matches("\"minute\";r=%d;t=[0-9]{1,2}, \"day\";r=%d;t=86[0-9]{3}".formatted(100 - i, 1000 - i));
        }

        HttpResponse<String> refused = caller.get(ONE);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(Client.json(refused).path("type").asString())
                .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
        assertThat(Client.json(refused).path("code").asString()).isEqualTo("quota-exceeded");
        assertThat(Client.json(refused).path("violated-policies").toString()).isEqualTo("[\"minute\"]");
        assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 60);
        assertThat(header(refused, "RateLimit")).matches("\"minute\";r=0;t=[0-9]{1,2}, \"day\";r=900;t=86[0-9]{3}");
    }

    @Test
    void fiveHundredAtOnceGetTheHundredThatThereAre() throws Exception {
        Client caller = caller("crowd");
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            requests.add(() -> caller.get(ONE).statusCode());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> request : threads.invokeAll(requests)) {
                statuses.add(request.get());
            }
        }
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(100);
        assertThat(statuses.stream().filter(status -> status == 429)).hasSize(400);
    }

    @Test
    void allCallersOfAProductShareItsTotal() {
        for (int i = 0; i < 3; i++) {
            assertThat(caller("total-" + i).get("/api/stock/v1/any").statusCode())
                    .isEqualTo(404);
        }
        HttpResponse<String> refused = caller("total-3").get("/api/stock/v1/any");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Client.json(refused).path("violated-policies").toString()).isEqualTo("[\"stock:minute\"]");
    }

    @Test
    void workThatTheLimitDoesNotLeaveIsToldInTheSameForm() {
        entities.failure = new LimitExceeded(List.of("minute"), Duration.ofMillis(2_100));

        HttpResponse<String> refused = caller("work").get(ONE);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(header(refused, "Retry-After")).isEqualTo("3");
    }

    @Test
    void anExportIsPaidByItsBytes() {
        entities.page = pageOf(20, null);
        Client caller = caller("export");

        HttpResponse<String> export = caller.get("/api/shop/v2/customers", "Accept", "application/jsonl");

        assertThat(export.body()).hasSize(20 * 16 * 1024);
        assertThat(header(export, "RateLimit")).startsWith("\"minute\";r=99;");
        assertThat(header(caller.get(ONE), "RateLimit"))
                .as("320 KB, of which the page pays ten units and the request one")
                .startsWith("\"minute\";r=89;");
    }

    @Test
    void anExportThatThePlanDoesNotLeaveIsCutOffBeforeItsNextPage() throws IOException {
        entities.pages = asked -> pageOf(61, "more");
        Client caller = caller("large export");

        String cut = caller.raw("GET", "/api/shop/v2/customers", "Accept: application/jsonl");

        assertThat(cut).startsWith("HTTP/1.1 200").doesNotEndWith("0\r\n\r\n");
        assertThat(cut.length()).as("two pages").isBetween(122 * 16 * 1024, 124 * 16 * 1024);
        entities.reset();
        assertThat(header(caller.get(ONE), "RateLimit"))
                .as("51 units were due for the first page, 51 more were not left for the second")
                .startsWith("\"minute\";r=48;");
    }

    @Test
    void theLastPageTakesWhatThePlanLeaves() {
        entities.pages = asked -> pageOf(61, asked.cursor() == null ? "more" : null);
        Client caller = caller("larger than the plan");

        HttpResponse<String> export = caller.get("/api/shop/v2/customers", "Accept", "application/jsonl");

        assertThat(export.body()).hasSize(122 * 16 * 1024);
        assertThat(caller.get(ONE).statusCode()).isEqualTo(429);
    }

    /// Of entities that are lines of 16 KB.
    private static EntityAnswer.Many pageOf(int entities, @Nullable String next) {
        byte[] line = ChosenEntities.bytes("{\"name\":\"%s\"}".formatted("x".repeat(16 * 1024 - 12)));
        return new EntityAnswer.Many(ChosenEntities.AS_OF, Collections.nCopies(entities, line), next, null);
    }

    @Test
    void anAddressThatGuessesIsStoppedButNobodyElse() {
        Client ada = caller("known");
        ada.get(ONE, "X-Forwarded-For", "203.0.113.7");
        Client guessing = new Client(port, "garbage");
        for (int i = 0; i < 20; i++) {
            assertThat(guessing.get(ONE, "X-Forwarded-For", "203.0.113.7").statusCode())
                    .isEqualTo(401);
        }

        HttpResponse<String> refused = guessing.get(ONE, "X-Forwarded-For", "203.0.113.7");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Client.json(refused).path("violated-policies").toString()).isEqualTo("[\"address\"]");
        assertThat(new Client(port, "")
                        .get("/problems", "X-Forwarded-For", "203.0.113.7")
                        .statusCode())
                .isEqualTo(429);
        assertThat(new Client(port, "")
                        .get("/actuator/health", "X-Forwarded-For", "203.0.113.7")
                        .statusCode())
                .isEqualTo(200);
        assertThat(ada.get(ONE, "X-Forwarded-For", "203.0.113.7").statusCode()).isEqualTo(200);
        assertThat(guessing.get(ONE, "X-Forwarded-For", "203.0.113.8").statusCode())
                .isEqualTo(401);
    }

    private Client caller(String subject) {
        return new Client(port, TestTokens.named(subject, "shop:read"));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
