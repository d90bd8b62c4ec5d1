package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// What can fail in a field leaves the others as they are, and carries the code that REST has for it.
@GraphQlTest
class FieldErrorsTest {

    private final int port;
    private final Client reader;

    FieldErrorsTest(@LocalServerPort int port) {
        this.port = port;
        this.reader = Client.with(port, "shop:read");
    }

    @Test
    void hiddenFieldsAreNullAndForbidden() {
        Reply reply = reader.ask(
                "{ customer(customerId: 3) { name phone contact { email } } customers(first: 2) { edges { node { customerId balance } } } }");

        assertThat(reply.partialData().toString()).isEqualTo("""
                {"customer":{"name":"N01 \\"x\\" é","phone":null,"contact":null},\
                "customers":{"edges":[{"node":{"customerId":1,"balance":null}},{"node":{"customerId":2,"balance":null}}]}}""");
        assertThat(reply.errors())
                .containsExactlyInAnyOrder(
                        "customer/phone forbidden",
                        "customer/contact forbidden",
                        "customers/edges/0/node/balance forbidden",
                        "customers/edges/1/node/balance forbidden");
        assertThat(reply.json()
                        .path("errors")
                        .path(0)
                        .path("locations")
                        .path(0)
                        .path("line")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aClosedCollectionIsForbiddenAndNamesTheScopes() {
        Reply reply =
                Client.with(port, "shop:orders").ask("{ orders(first: 1) { totalCount } customers { totalCount } }");

        assertThat(reply.partialData().toString()).isEqualTo("{\"orders\":{\"totalCount\":242},\"customers\":null}");
        assertThat(reply.errors()).containsExactly("customers forbidden");
        assertThat(reply.json()
                        .path("errors")
                        .path(0)
                        .path("extensions")
                        .path("scopes")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("shop:europe", "shop:read", "shop:support");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter: {balance: {gt: 1}} | filter.balance.gt | unknown-field",
                "sort: {field: balance} | sort | unknown-field",
                "first: 0 | first | invalid-limit",
                "first: 201 | first | invalid-limit",
                "first: -1 | first | invalid-limit",
                "after: \"nonsense\" | after | invalid-cursor",
                "filter: {region: {eq: null}} | filter.region.eq | invalid-value",
                "filter: {address: null} | filter.address | invalid-value",
                "sort: [{field: name}, {field: since}] | sort | not-sortable"
            })
    void aWrongArgumentIsNamed(String arguments, String parameter, String code) {
        Reply reply = reader.ask("{ customers(%s) { edges { node { name } } } }".formatted(arguments));

        assertThat(reply.partialData().path("customers").isNull()).isTrue();
        assertThat(reply.errors()).containsExactly("customers invalid-request");
        JsonNode faults = reply.json().path("errors").path(0).path("extensions").path("errors");
        assertThat(faults.path(0).path("parameter").asString()).isEqualTo(parameter);
        assertThat(faults.path(0).path("code").asString()).isEqualTo(code);
        assertThat(reply.firstMessage()).startsWith(parameter + ": ");
    }

    @Test
    void whatIsWithheldOrNotLoadedIsSaid() {
        Reply reply =
                reader.ask("{ dateByKey(day: \"2026-02-02\") { workday } ghosts { totalCount } date { totalCount } }");
        assertThat(reply.partialData().toString())
                .isEqualTo("{\"dateByKey\":null,\"ghosts\":null,\"date\":{\"totalCount\":1}}");
        assertThat(reply.errors()).containsExactlyInAnyOrder("dateByKey withheld", "ghosts unavailable");
    }

    @Test
    void neitherFiltersNorSortsByWhatIsHiddenTellItsValues() {
        Client europe = Client.with(port, "shop:europe shop:read");
        assertThat(europe.ask(
                                "{ customers(filter: {balance: {lt: 0}}, first: 200) { totalCount edges { node { region } } } }")
                        .data()
                        .path("customers")
                        .path("edges")
                        .valueStream()
                        .map(edge -> edge.path("node").path("region").asString()))
                .isNotEmpty()
                .allMatch("EUROPE"::equals);
        assertThat(europe.ask("{ customers(sort: {field: balance}) { totalCount } }")
                        .errors())
                .containsExactly("customers invalid-request");
    }
}
