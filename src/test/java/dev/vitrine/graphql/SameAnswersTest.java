package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The same question gets the same answer from both doors, to the last digit.
@GraphQlTest
class SameAnswersTest {

    private static final String CUSTOMER =
            "customerId name region balance phone since seenAt localAt score wealth ticket"
                    + " active opens photo first_name address { street city } contact { email } tags visits";
    private static final String ORDER =
            "orderId customerId managerId total lines { part price } storeCountry storeNumber";

    private final int port;

    SameAnswersTest(@LocalServerPort int port) {
        this.port = port;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=7 | first: 7",
                "region=EUROPE | filter: {region: {eq: \"EUROPE\"}}",
                "region.in=EUROPE,MIDDLE%20EAST&limit=50 | filter: {region: {in: [\"EUROPE\", \"MIDDLE EAST\"]}}, first: 50",
                "region.isNull=true&sort=-name | filter: {region: {isNull: true}}, sort: {field: name, direction: DESC}",
                "name.startsWith=N1&customerId.gte=21 | filter: {name: {startsWith: \"N1\"}, customerId: {gte: 21}}",
                "balance.gt=99.5&sort=balance | filter: {balance: {gt: 99.5}}, sort: [{field: balance}]",
                "balance.lt=-100 | filter: {balance: {lt: \"-100\"}}",
                "since.lte=2020-01-05&sort=-since | filter: {since: {lte: \"2020-01-05\"}}, sort: {field: since, direction: DESC}",
                "seenAt.lt=2026-01-06T10:00:03Z | filter: {seenAt: {lt: \"2026-01-06T12:00:03+02:00\"}}",
                "localAt.eq=2026-01-06T10:00:03 | filter: {localAt: {eq: \"2026-01-06T10:00:03\"}}",
                "score.gte=1.5E%2B5&sort=-score | filter: {score: {gte: 1.5e5}}, sort: {field: score, direction: DESC}",
                "wealth=1234567890123454.10 | filter: {wealth: {eq: 1234567890123454.10}}",
                "active=false | filter: {active: {eq: false}}",
                "first-name=F7 | filter: {first_name: {eq: \"F7\"}}",
                "address.city=C4&sort=address.city | filter: {address: {city: {eq: \"C4\"}}}, sort: {field: address_city}",
                "sort=region,-name | sort: [{field: region}, {field: name, direction: DESC}]",
                "region=NOWHERE | filter: {region: {eq: \"NOWHERE\"}}"
            })
    void forPagesOfCustomers(String parameters, String arguments) {
        for (String scope : List.of("shop:support", "shop:europe")) {
            Client caller = Client.with(port, scope);
            JsonNode rest = caller.get("/api/shop/v1/customers?" + parameters, "Prefer", "count=exact")
                    .json();
            JsonNode connection = caller.ask(
                            "{ customers(%s) { edges { cursor node { %s } } pageInfo { hasNextPage endCursor } totalCount } }"
                                    .formatted(arguments, CUSTOMER))
                    .data()
                    .path("customers");

            assertThat(nodes(connection))
                    .as(scope)
                    .isEqualTo(rest.path("items").valueStream().toList());
            boolean more = !rest.path("nextCursor").isNull();
            assertThat(connection.path("pageInfo").path("hasNextPage").asBoolean())
                    .isEqualTo(more);
            if (more) {
                assertThat(connection.path("pageInfo").path("endCursor")).isEqualTo(rest.path("nextCursor"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop:support", "shop:europe", "shop:support shop:read"})
    void forSingleEntities(String scopes) {
        Client caller = Client.with(port, scopes);
        for (int id = 0; id <= 61; id += id < 9 ? 1 : 13) {
            Reply rest = caller.get("/api/shop/v1/customers/" + id);
            JsonNode answer = caller.ask("{ customer(customerId: %d) { %s } }".formatted(id, CUSTOMER))
                    .data()
                    .path("customer");
            if (rest.status() == 404) {
                assertThat(answer.isNull()).isTrue();
            } else {
                assertThat(rawNumbers(answer)).isEqualTo(rawNumbers(rest.json()));
            }
        }
    }

    @Test
    void whereFieldsAreHidden() {
        Client caller = Client.with(port, "shop:read");
        JsonNode rest = caller.get("/api/shop/v1/orders?limit=200").json().path("items");
        JsonNode connection = caller.ask("{ orders(first: 200) { edges { node { %s } } } }".formatted(ORDER))
                .partialData()
                .path("orders");

        List<JsonNode> shown = nodes(connection);
        shown.forEach(order -> {
            assertThat(((ObjectNode) order).remove("managerId").isNull()).isTrue();
            order.path("lines")
                    .valueStream()
                    .filter(JsonNode::isObject)
                    .forEach(line -> assertThat(
                                    ((ObjectNode) line).remove("price").isNull())
                            .isTrue());
        });
        assertThat(shown).isEqualTo(rest.valueStream().toList());
    }

    @Test
    void forKeysOfSeveralFields() {
        Client caller = Client.with(port, "shop:read");
        assertThat(caller.ask("{ store(country: \"PE\", number: 1) { country number city } }")
                        .data()
                        .path("store"))
                .isEqualTo(caller.get("/api/shop/v1/stores/PE,1").json());
        assertThat(caller.ask("{ dateByKey(day: \"2026-01-06\") { day workday } date { totalCount } }")
                        .data()
                        .toString())
                .isEqualTo("{\"dateByKey\":{\"day\":\"2026-01-06\",\"workday\":true},\"date\":{\"totalCount\":1}}");
    }

    @Test
    void onWalksThatChangeDoors() {
        Client caller = Client.with(port, "shop:support");
        String cursor = caller.get("/api/shop/v1/customers?sort=-score&limit=9")
                .json()
                .path("nextCursor")
                .asString();
        JsonNode second = caller.ask(
                        "{ customers(sort: {field: score, direction: DESC}, first: 9, after: \"%s\") { edges { cursor node { customerId } } pageInfo { hasPreviousPage startCursor endCursor } } }"
                                .formatted(cursor))
                .data()
                .path("customers");
        assertThat(second.path("pageInfo").path("hasPreviousPage").asBoolean()).isTrue();
        assertThat(second.path("pageInfo").path("startCursor"))
                .isEqualTo(second.path("edges").path(0).path("cursor"));
        String middle = second.path("edges").path(4).path("cursor").asString();
        assertThat(second.path("edges").path(8).path("cursor"))
                .isEqualTo(second.path("pageInfo").path("endCursor"));
        JsonNode third = caller.get("/api/shop/v1/customers?sort=-score&limit=4&cursor=" + middle)
                .json();

        assertThat(third.path("items").valueStream().map(item -> item.path("customerId")))
                .isEqualTo(nodes(second).subList(5, 9).stream()
                        .map(node -> node.path("customerId"))
                        .toList());
    }

    private static List<JsonNode> nodes(JsonNode connection) {
        return connection
                .path("edges")
                .valueStream()
                .map(edge -> {
                    JsonNode node = edge.path("node");
                    if (node instanceof ObjectNode object && object.has("first_name")) {
                        return rename(object);
                    }
                    return node;
                })
                .toList();
    }

    /// The one name that GraphQL does not allow.
    private static JsonNode rename(ObjectNode customer) {
        customer.set("first-name", customer.remove("first_name"));
        return customer;
    }

    /// As text, so that `1.50` is not `1.5`.
    private static String rawNumbers(JsonNode customer) {
        return customer.toString().replace("first_name", "first-name");
    }
}
