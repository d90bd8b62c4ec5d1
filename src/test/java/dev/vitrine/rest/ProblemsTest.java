package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.query.EntitiesUnavailable;
import dev.vitrine.query.NotGranted;
import dev.vitrine.query.QueryTooExpensive;
import dev.vitrine.rest.problem.ProblemType;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RestTest
class ProblemsTest {

    private static final String ADDRESS = "/api/shop/v2/customers/1";

    private final ChosenEntities entities;
    private final RestTestApplication.ChosenIssuer issuer;
    private final int port;

    ProblemsTest(
            @Autowired ChosenEntities entities,
            @Autowired RestTestApplication.ChosenIssuer issuer,
            @LocalServerPort int port) {
        this.entities = entities;
        this.issuer = issuer;
        this.port = port;
    }

    @BeforeEach
    void forget() {
        entities.reset();
        issuer.away = false;
    }

    @Test
    void withoutATokenNothingIsRead() {
        HttpResponse<String> answer = new Client(port, "").get(ADDRESS);

        Problem.in(answer).is(401, "unauthenticated");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }

    @Test
    void aTokenThatIsNotGoodIsSaidToBe() {
        HttpResponse<String> expired =
                new Client(port, TestTokens.of("shop:read", Instant.now().minusSeconds(600))).get(ADDRESS);
        HttpResponse<String> garbage = new Client(port, "garbage").get(ADDRESS);

        Problem.in(expired).is(401, "unauthenticated");
        Problem.in(garbage).is(401, "unauthenticated");
        assertThat(expired.headers().firstValue("WWW-Authenticate").orElse("")).contains("error=\"invalid_token\"");
    }

    @Test
    void aRefusalNamesTheScopesThatWouldHelp() {
        entities.failure = new NotGranted(Set.of("shop:read", "shop:all"));

        HttpResponse<String> answer = Client.at(port).get(ADDRESS);

        Problem.in(answer).is(403, "forbidden").saying("shop:all, shop:read");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"shop:all shop:read\"");
    }

    @Test
    void dataThatCannotBeReadNowSaysWhenToComeBack() {
        entities.failure = new EntitiesUnavailable("it is being loaded", null);

        HttpResponse<String> answer = Client.at(port).get(ADDRESS);

        Problem.in(answer).is(503, "unavailable").saying("being loaded");
        assertThat(answer.headers().firstValue("Retry-After").orElse("")).matches("[0-9]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {ADDRESS, "/api/shop/v2/openapi.json", "/actuator/metrics", "/problems", "/nothing/here"})
    void noTokenIsBlamedWhileTheIssuerCannotBeAsked(String address) {
        assertThat(Client.at(port).get("/problems").statusCode()).isEqualTo(200);
        issuer.away = true;

        HttpResponse<String> answer = new Client(port, TestTokens.of("shop:read not:seen")).get(address);

        issuer.away = false;
        Problem.in(answer).is(503, "tokens-unverifiable").saying("authorization server");
        assertThat(answer.headers().firstValue("Retry-After")).contains("10");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(answer.body()).doesNotContain("127.0.0.1");
    }

    @Test
    void aQueryStoppedAtItsBudgetSaysWhatToDeclare() {
        entities.failure = new QueryTooExpensive("declare name as filterable", new IllegalStateException());

        Problem.in(Client.at(port).get("/api/shop/v2/customers"))
                .is(422, "query-too-expensive")
                .saying("declare name as filterable");
    }

    @Test
    void anUnexpectedFailureShowsNothingOfTheInside() {
        entities.failure = new IllegalStateException("secret of the inside");

        HttpResponse<String> answer = Client.at(port).get(ADDRESS);

        Problem.in(answer).is(500, "internal-error");
        assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void outsideTheApiFailuresAreProblemsToo() throws Exception {
        Problem.in(new Client(port, "").get("/nothing/here")).is(401, "unauthenticated");
        Problem.in(Client.at(port).get("/nothing/here")).is(403, "forbidden");
        Problem.in(Client.at(port).get("/problems/nothing")).is(404, "unknown-address");
        Problem.in(Client.at(port).send("POST", "/problems")).is(405, "method-not-allowed");
        assertThat(Client.at(port).raw("/nothing//here"))
                .startsWith("HTTP/1.1 4")
                .contains("application/problem+json");
        assertThat(Client.at(port).raw("/nothing/%zz"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeIsExplainedToPeopleAndPrograms(ProblemType type) {
        Client anybody = new Client(port, "");

        HttpResponse<String> page = anybody.get(type.path(), "Accept", "text/html,*/*;q=0.8");
        HttpResponse<String> json = anybody.get(type.path(), "Accept", "application/json");

        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains("<h1>").contains(type.slug());
        assertThat(Client.json(json).path("code").asString()).isEqualTo(type.slug());
        assertThat(anybody.get("/problems").body()).contains(type.slug());
    }
}
