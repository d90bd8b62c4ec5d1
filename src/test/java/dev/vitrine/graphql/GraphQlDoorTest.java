package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.ServiceLevel.EndOfLife;
import dev.vitrine.contract.ServiceLevel.EndOfSupport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// GraphQL over HTTP: methods, media types, statuses, caching.
@GraphQlTest
class GraphQlDoorTest {

    private static final String GRAPHQL = "application/graphql-response+json";
    private static final String NAME = "{ customer(customerId: 3) { customerId name } }";

    private final ChosenContracts contracts;
    private final MeterRegistry meters;
    private final Client reader;
    private final Client nobody;
    private final Client stranger;

    GraphQlDoorTest(@Autowired ChosenContracts contracts, @Autowired MeterRegistry meters, @LocalServerPort int port) {
        this.contracts = contracts;
        this.meters = meters;
        reader = Client.with(port, "shop:read");
        stranger = Client.with(port, "elsewhere:read");
        nobody = new Client(port, "");
    }

    @AfterEach
    void asInTheBeginning() {
        contracts.choose(ChosenContracts.SHOP);
    }

    @Test
    void answersWithTheStateOfEveryTableThatWasRead() {
        Reply reply = reader.ask("{ customer(customerId: 3) { name } order(orderId: \"o001\") { total } }");

        assertThat(reply.data().toString())
                .isEqualTo("{\"customer\":{\"name\":\"N01 \\\"x\\\" é\"},\"order\":{\"total\":1.05}}");
        assertThat(reply.header("Content-Type")).isEqualTo(GRAPHQL + ";charset=utf-8");
        assertThat(reply.json().path("extensions").path("tables").toString())
                .isEqualTo("{\"customers\":{\"deltaTableVersion\":7,\"dataAsOf\":\"2026-01-06T10:00:08.12Z\"},"
                        + "\"orders\":{\"deltaTableVersion\":8,\"dataAsOf\":\"2026-01-06T10:00:09.12Z\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/graphql-response+json | application/graphql-response+json",
                "application/json | application/json",
                "*/* | application/json",
                "application/* | application/json",
                "text/html, application/json;q=0.5 | application/json",
                "application/graphql-response+json;charset=utf-8, application/json;q=0.9 | application/graphql-response+json",
                "application/json;q=0.9, application/graphql-response+json | application/graphql-response+json",
                "application/graphql-response+json;q=0, */*;q=0.1 | application/json",
            })
    void answersInTheFormThatTheCallerPrefers(String accept, String form) {
        Reply reply = reader.get(Client.query(NAME), "Accept", accept);

        reply.data();
        assertThat(reply.header("Content-Type")).isEqualTo(form + ";charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml, application/json;q=0", "no type"})
    void refusesFormsThatItHasNot(String accept) {
        reader.get(Client.query(NAME), "Accept", accept).isProblem(406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{ customer(customerId: 3) { nothing } }",
                "query A { __typename } query B { __typename }",
                "query($id: Long!) { customer(customerId: $id) { name } }",
                "{ customer(customerId: \"x\") { name } }",
                "mutation { customer(customerId: 3) { name } }",
                "subscription { customer(customerId: 3) { name } }"
            })
    void saysByTheStatusThatADocumentCannotBeRun(String document) {
        Reply strict = reader.ask(document);
        assertThat(strict.status()).as(strict.body()).isEqualTo(400);
        assertThat(strict.json().has("data")).isFalse();
        assertThat(strict.errors()).hasSize(1).first().asString().isIn("malformed-request", "invalid-request");

        Reply lenient = reader.post(
                "{\"query\":%s}"
                        .formatted(
                                tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(document)),
                "Content-Type",
                "application/json");
        assertThat(lenient.status()).isEqualTo(200);
        assertThat(lenient.json()).isEqualTo(strict.json());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{ \"not JSON",
                "[{\"query\":\"{ __typename }\"}]",
                "{}",
                "{\"query\":7}",
                "{\"query\":\"{ __typename }\",\"documentId\":\"sha256:00\"}",
                "{\"query\":\"{ __typename }\",\"operationName\":[]}",
                "{\"query\":\"{ __typename }\",\"variables\":\"{}\"}",
                "{\"query\":\"{ __typename }\",\"extensions\":0}"
            })
    void refusesWhatIsNoRequest(String body) {
        reader.post(body).isRefused(400, "malformed-request");
        Reply lenient = reader.post(body, "Content-Type", "application/json", "Accept", "application/json");
        lenient.isRefused(400, "malformed-request");
    }

    @Test
    void takesNullForWhatNeedNotBeThere() {
        reader.post(
                        "{\"query\":\"{ __typename }\",\"operationName\":null,\"variables\":null,\"extensions\":null,\"more\":1}")
                .data();
    }

    @Test
    void takesJsonAlone() {
        reader.post("{\"query\":\"{ __typename }\"}", "Content-Type", "text/plain")
                .isProblem(415, "unsupported-media-type");
        reader.post("{\"query\":\"{ __typename }\"}", "Content-Type", "application/json;charset=latin1")
                .isProblem(415, "unsupported-media-type");
        reader.post("{\"query\":\"{ __typename }\"}", "Accept", "*/*").isProblem(415, "unsupported-media-type");
        reader.post("{\"query\":\"{ __typename }\"}", "Content-Type", "application/json; charset=UTF-8")
                .data();
    }

    @Test
    void readsNoMoreThanItTakes() {
        String long_ = "{\"query\":\"{ __typename }" + " ".repeat(300_000) + "\"}";
        reader.post(long_).isProblem(413, "request-too-large");
    }

    @Test
    void answersGetWithATagThatHoldsWhileTheAnswerDoes() {
        String address = ADDRESS_OF_NAME + "&variables=" + Client.encoded("{\"id\":3}");
        Reply first = reader.get(address);
        assertThat(first.data().path("customer").path("customerId").asInt()).isEqualTo(3);
        assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(first.header("Vary")).isEqualTo("Authorization, Accept, Prefer");
        String tag = String.valueOf(first.header("ETag"));

        Reply again = reader.get(address, "If-None-Match", tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(reader.get(ADDRESS_OF_NAME + "&variables=" + Client.encoded("{\"id\":4}"), "If-None-Match", tag)
                        .status())
                .isEqualTo(200);
        Reply head = reader.send("HEAD", address);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("ETag")).isEqualTo(tag);
    }

    private static final String ADDRESS_OF_NAME =
            Client.query("query($id: Long!) { customer(customerId: $id) { customerId } }");

    @Test
    void picksTheOperationByItsName() {
        String two = "query A { a: __typename } query B { b: __typename }";
        assertThat(reader.get(Client.query(two) + "&operationName=B").data().toString())
                .isEqualTo("{\"b\":\"Query\"}");
        reader.get(Client.query(two) + "&operationName=C", "Accept", GRAPHQL).isRefused(400, "invalid-request");
        reader.get(Client.query(two) + "&operationName=A&operationName=B").isRefused(400, "malformed-request");
    }

    @Test
    void answersNoMutationToGet() {
        Reply reply = reader.get(Client.query("query A { __typename } mutation B { x }") + "&operationName=B");
        reply.isProblem(405, "method-not-allowed");
        assertThat(reply.header("Allow")).isEqualTo("POST");
        reader.get(Client.query("query A { __typename } mutation B { x }") + "&operationName=A", "Accept", GRAPHQL)
                .isRefused(400, "invalid-request");
        Reply put = reader.send("PUT", Client.ADDRESS);
        put.isProblem(405, "method-not-allowed");
        assertThat(put.header("Allow")).isEqualTo("GET, HEAD, POST");
    }

    @Test
    void isClosedToWhomNothingOfTheProductIsOpen() {
        nobody.ask(NAME).isProblem(401, "unauthenticated");
        Reply refused = stranger.ask(NAME);
        refused.isProblem(403, "forbidden");
        assertThat(refused.header("WWW-Authenticate"))
                .isEqualTo(
                        "Bearer error=\"insufficient_scope\", scope=\"shop:europe shop:orders shop:read shop:support\"");
    }

    @Test
    void saysWhatIsUnknownAsRestDoes() {
        reader.get("/api/nothing/v1/graphql?query=x").isProblem(404, "unknown-product");
        reader.get("/api/shop/v9/graphql?query=x").isProblem(404, "unknown-version");
        reader.get("/api/shop/v1/customers/graphql").isProblem(404, "unknown-key");
    }

    @Test
    void followsTheContracts() {
        Contracts library = ChosenContracts.read("src/test/resources/contracts/library");
        contracts.choose(library);
        reader.ask(NAME).isProblem(404, "unknown-product");

        contracts.choose(ChosenContracts.read("src/test/resources/graphql"));
        reader.ask(NAME).data();
    }

    @Test
    void refusesWhatItCannotTake() {
        assertThat(reader.get("/api/shop/v1/graphql?query=%ff").status()).isEqualTo(400);
        reader.get(Client.query(NAME), "Min-Delta-Table-Version", "7").isProblem(400, "invalid-request");
    }

    @Test
    void tellsWhenItsVersionEnds() {
        contracts.promise(
                new EndOfSupport(Instant.parse("2024-03-03T00:00:00Z"), null),
                new EndOfLife(Instant.parse("2096-06-30T23:59:59Z"), null));

        Reply reply = reader.ask(NAME);

        reply.data();
        assertThat(reply.header("Deprecation")).isEqualTo("@1709424000");
        assertThat(reply.header("Sunset")).isEqualTo("Sat, 30 Jun 2096 23:59:59 GMT");
    }

    @Test
    void aCollectionThatHasEndedAloneIsGoneAsInRest() {
        contracts.promise(new EndOfLife(Instant.parse("2024-03-03T00:00:00Z"), "stores"));

        Reply reply = reader.ask(
                "{ stores { totalCount } store(country: \"PE\", number: 1) { city } orders(first: 1) { edges { node { orderId } } } }");

        assertThat(reply.errors()).containsExactlyInAnyOrder("stores retired", "store retired");
        assertThat(reply.firstMessage()).contains("is gone since 2024-03-03T00:00:00Z");
        assertThat(reply.partialData().path("orders").path("edges").size()).isEqualTo(1);
        reader.get("/api/shop/v1/stores").isProblem(410, "retired");
    }

    @Test
    void isCountedByVersionAndClient() {
        Search requests = meters.find("vitrine.requests").tags("product", "shop", "version", "v1");
        double before = sum(requests);

        reader.ask(NAME).data();
        nobody.get("/api/shop/v1/schema.graphqls");

        assertThat(sum(requests) - before).isEqualTo(1);
    }

    private static double sum(Search counters) {
        return counters.counters().stream().mapToDouble(Counter::count).sum();
    }

    @Test
    void publishesItsSchemaToEverybodyWhoMaySeeTheDocuments() {
        Reply schema = nobody.get("/api/shop/v1/schema.graphqls");
        assertThat(schema.status()).isEqualTo(200);
        assertThat(schema.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(schema.body()).contains("type Customer {").contains("customer(");
        nobody.send("POST", "/api/shop/v1/schema.graphqls").isProblem(405, "method-not-allowed");
    }

    @Test
    void keepsEveryDigitOfVariables() {
        assertThat(reader.ask(
                                "query($c: Decimal) { customers(filter: {wealth: {eq: $c}}) { edges { node { customerId } } } }",
                                Map.of("c", new java.math.BigDecimal("12345678901234517.10")))
                        .data()
                        .findValue("customerId")
                        .asLong())
                .isEqualTo(17);
    }

    @Test
    void allowsIntrospection() {
        Reply reply = reader.ask(graphql.introspection.IntrospectionQuery.INTROSPECTION_QUERY);
        assertThat(reply.data().path("__schema").path("types").size()).isGreaterThan(20);
    }
}
