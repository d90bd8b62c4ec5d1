package dev.vitrine.rest;

import static dev.vitrine.rest.ChosenEntities.AS_OF;
import static dev.vitrine.rest.ChosenEntities.REVISION;
import static dev.vitrine.rest.ChosenEntities.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.query.AsOf;
import dev.vitrine.query.CursorExpired;
import dev.vitrine.query.EntityAnswer;
import dev.vitrine.query.InvalidQuery;
import dev.vitrine.query.Selection;
import dev.vitrine.query.Selection.Condition;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RestTest
class DataDoorTest {

    private final ChosenEntities entities;
    private final Client client;

    DataDoorTest(@Autowired ChosenEntities entities, @LocalServerPort int port) {
        this.entities = entities;
        this.client = Client.at(port);
    }

    @BeforeEach
    void forget() {
        entities.reset();
    }

    @Test
    void anEntityCarriesTheStateItWasReadAt() {
        entities.byKey.put(List.of("1"), "{\"customerId\":\"1\"}");

        HttpResponse<String> answer = client.get("/api/shop/v2/customers/1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"customerId\":\"1\"}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Delta-Table-Version")).contains("42");
        assertThat(answer.headers().firstValue("Data-As-Of")).contains("2026-01-06T10:00:01.12Z");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-cache");
        assertThat(answer.headers().firstValue("ETag").orElse("")).startsWith("W/\"");
        assertThat(answer.headers().allValues("Vary").toString()).contains("Authorization");
    }

    @Test
    void everyAnswerOfADivergedTableSaysSinceWhen() {
        entities.asOf = new AsOf(REVISION, 40L);
        entities.page = new EntityAnswer.Many(entities.asOf, List.of(), null, null);

        for (String address : List.of("/api/shop/v2/customers/7", "/api/shop/v2/customers")) {
            assertThat(client.get(address).headers().firstValue("Delta-Table-Diverged-Since"))
                    .contains("40");
        }
        entities.reset();
        assertThat(client.get("/api/shop/v2/customers").headers().firstValue("Delta-Table-Diverged-Since"))
                .isEmpty();
    }

    @Test
    void aCursorOfAReplacedTableIsGone() {
        entities.failure = new CursorExpired("customers");

        Problem.in(client.get("/api/shop/v2/customers?cursor=abc"))
                .is(410, "cursor-expired")
                .saying("start again from the first page");
    }

    @Test
    void bytesTheCallerHasAreNotSentAgain() {
        entities.byKey.put(List.of("1"), "{\"customerId\":\"1\"}");
        String tag = client.get("/api/shop/v2/customers/1")
                .headers()
                .firstValue("ETag")
                .orElseThrow();

        HttpResponse<String> same = client.get("/api/shop/v2/customers/1", "If-None-Match", "\"other\", " + tag);
        entities.byKey.put(List.of("1"), "{\"customerId\":\"1\",\"segment\":null}");
        HttpResponse<String> changed = client.get("/api/shop/v2/customers/1", "If-None-Match", tag);

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("Delta-Table-Version")).contains("42");
        assertThat(changed.statusCode()).isEqualTo(200);
    }

    @Test
    void aMissingEntityIsAProblemThatTellsTheStateItWasLookedUpIn() {
        HttpResponse<String> answer = client.get("/api/shop/v2/customers/7");

        Problem.in(answer).is(404, "unknown-key");
        assertThat(answer.headers().firstValue("Delta-Table-Version")).contains("42");
        assertThat(answer.headers().firstValue("ETag").orElse("")).startsWith("W/");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-cache");
        assertThat(answer.headers().firstValue("Vary")).isPresent();
        assertThat(answer.headers().firstValue("Data-As-Of")).isPresent();
    }

    @Test
    void aWithheldEntityIsAProblemOfItsOwn() {
        entities.withheld = true;

        Problem.in(client.get("/api/shop/v2/customers/7")).is(404, "withheld");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "a,b",
                "100%",
                "%2F",
                "..x",
                "a b",
                "😀",
                "a\\b",
                "a;b=c",
                "a+b",
                "a?b#c",
                "\u0001\n",
                "ä\"<>|^`{}[]",
                "//",
                "openapi.json"
            })
    void aKeyMayHoldAnyCharacter(String key) {
        entities.byKey.put(List.of(key), "{\"found\":true}");

        HttpResponse<String> answer = client.get("/api/shop/v2/customers/" + encoded(key));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void thePartsOfACompositeKeyAreSplitBeforeTheyAreDecoded() {
        entities.byKey.put(List.of("2026-01-31", "a,b"), "{}");

        assertThat(client.get("/api/shop/v2/stock/2026-01-31,a%2Cb").statusCode())
                .isEqualTo(200);
        Problem.in(client.get("/api/shop/v2/stock/2026-01-31,a,b")).is(404, "unknown-key");
        Problem.in(client.get("/api/shop/v2/stock/2026-01-31")).is(404, "unknown-key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/shop/v2/customers/%",
                "/api/shop/v2/customers/%zz",
                "/api/shop/v2/customers/%ff",
                "/api/shop/v2/customers/%C3"
            })
    void aBrokenEncodingIsRefused(String target) throws Exception {
        assertThat(client.raw(target)).startsWith("HTTP/1.1 4").contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/shop/v2/customers/a/../../x",
                "/api/shop/v2/customers/%2e%2e",
                "/api/shop/v2/customers/a//b",
                "/api/../actuator"
            })
    void aDotSegmentReachesNothing(String target) throws Exception {
        assertThat(client.raw(target)).startsWith("HTTP/1.1 4").contains("application/problem+json");
    }

    @Test
    void plainCharactersThatNeedNoEncodingInPracticeAreRead() throws Exception {
        entities.byKey.put(List.of("a|b{c}"), "{\"found\":true}");

        assertThat(client.raw("/api/shop/v2/customers/a|b{c}"))
                .startsWith("HTTP/1.1 200")
                .contains("{\"found\":true}");
    }

    @Test
    void aPageLinksToTheNextOneWithTheCallersOtherParameters() {
        entities.page = new EntityAnswer.Many(AS_OF, List.of(bytes("{\"a\":1}"), bytes("{\"a\":2}")), "c-2_x", null);

        HttpResponse<String> answer = client.get("/api/shop/v2/customers?segment=MACHINERY&cursor=c-1&limit=2");

        assertThat(answer.body()).isEqualTo("{\"items\":[{\"a\":1},{\"a\":2}],\"nextCursor\":\"c-2_x\"}");
        URI here = answer.uri();
        assertThat(answer.headers().firstValue("Link"))
                .contains(
                        "<http://localhost:%d/api/shop/v2/customers?segment=MACHINERY&limit=2&cursor=c-2_x>; rel=\"next\""
                                .formatted(here.getPort()));
        assertThat(answer.headers().firstValue("Total-Count")).isEmpty();
    }

    @Test
    void theLastPageHasNoCursor() {
        HttpResponse<String> answer = client.get("/api/shop/v2/customers");

        assertThat(answer.body()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
        assertThat(answer.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void theTotalIsGivenWhenAskedFor() {
        entities.page = new EntityAnswer.Many(AS_OF, List.of(), null, 12L);

        HttpResponse<String> answer = client.get("/api/shop/v2/customers", "Prefer", "respond-async, Count=exact");

        assertThat(asked().count()).isTrue();
        assertThat(answer.headers().firstValue("Total-Count")).contains("12");
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("count=exact");
    }

    @Test
    void everyFilterOperatorIsUnderstood() {
        client.get("/api/shop/v2/customers?segment=A%2CB&balance.gt=1&balance.gte=2&balance.lt=3&balance.lte=4"
                + "&address.nation.startsWith=G&customerId.in=a,b%2Cc&customerId.in=d&segment.isNull=true&limit.eq=5"
                + "&sort=segment,-balance&limit=7&fields=segment,balance&cursor=x");

        Selection asked = asked();
        assertThat(asked.conditions())
                .containsExactly(
                        new Condition("segment", "segment", Selection.Test.EQ, List.of("A,B")),
                        new Condition("balance.gt", "balance", Selection.Test.GT, List.of("1")),
                        new Condition("balance.gte", "balance", Selection.Test.GTE, List.of("2")),
                        new Condition("balance.lt", "balance", Selection.Test.LT, List.of("3")),
                        new Condition("balance.lte", "balance", Selection.Test.LTE, List.of("4")),
                        new Condition(
                                "address.nation.startsWith",
                                "address.nation",
                                Selection.Test.STARTS_WITH,
                                List.of("G")),
                        new Condition("customerId.in", "customerId", Selection.Test.IN, List.of("a", "b,c", "d")),
                        new Condition("segment.isNull", "segment", Selection.Test.IS_NULL, List.of("true")),
                        new Condition("limit.eq", "limit", Selection.Test.EQ, List.of("5")));
        assertThat(asked.sort()).containsExactly("segment", "-balance");
        assertThat(asked.limit()).isEqualTo(7);
        assertThat(asked.fields()).containsExactly("segment", "balance");
        assertThat(asked.cursor()).isEqualTo("x");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        entities.failure =
                new InvalidQuery(List.of(new InvalidQuery.Fault("balance.gt", "invalid-value", "is no number")));

        HttpResponse<String> answer =
                client.get("/api/shop/v2/customers?colour=red&limit=0&segment=A&segment=B&balance.gt=x&a%20b=1");

        Problem.in(answer).is(400, "invalid-request").names("colour", "limit", "segment", "balance.gt", "a b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=201",
                "limit=-1",
                "limit=x",
                "limit=",
                "limit=99999999999",
                "nothing=1",
                "address.gt=1x&bogus",
                "%ff=1",
                "segment=%ff"
            })
    void aBadParameterIsAProblem(String query) throws Exception {
        assertThat(client.raw("/api/shop/v2/customers?" + query))
                .startsWith("HTTP/1.1 400")
                .contains("\"invalid-request\"");
    }

    @Test
    void oneEntityTakesOnlyFields() {
        entities.byKey.put(List.of("1"), "{}");

        assertThat(client.get("/api/shop/v2/customers/1?fields=segment").statusCode())
                .isEqualTo(200);
        assertThat(entities.askedFields).containsExactly("segment");
        Problem.in(client.get("/api/shop/v2/customers/1?limit=1"))
                .is(400, "invalid-request")
                .names("limit");
    }

    @Test
    void headAnswersWithTheHeadersAlone() {
        entities.byKey.put(List.of("1"), "{\"customerId\":\"1\"}");

        HttpResponse<String> answer = client.send("HEAD", "/api/shop/v2/customers/1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).contains("18");
        assertThat(answer.headers().firstValue("ETag")).isPresent();
    }

    private Selection asked() {
        return Objects.requireNonNull(entities.asked);
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void theAddressAloneLeadsPeopleToSwaggerUi() {
        HttpResponse<String> answer = client.get("/");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/swagger-ui.html");
    }
}
