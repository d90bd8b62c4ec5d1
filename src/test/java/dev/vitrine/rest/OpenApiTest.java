package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RestTest
class OpenApiTest {

    private final Client anybody;

    OpenApiTest(@LocalServerPort int port) {
        this.anybody = new Client(port, "");
    }

    @Test
    void theDocumentIsOfTheProductVersionAndOfNoPlace() {
        JsonNode document = document();

        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.at("/info/version").asString()).isEqualTo("2.4.0");
        assertThat(document.at("/info/description").asString()).isEqualTo("What the shop sells.");
        assertThat(document.at("/servers/0/url").asString()).isEqualTo("/");
        assertThat(document.toString()).doesNotContain("localhost");
        assertThat(anybody.get("/api/shop/v2/openapi.yaml").body()).startsWith("openapi: 3.1");
    }

    @Test
    void operationsCarryTheNamesThatClientsGet() {
        JsonNode paths = document().path("paths");

        assertThat(paths.at("/~1api~1shop~1v2~1customers/get/operationId").asString())
                .isEqualTo("listCustomers");
        assertThat(paths.at("/~1api~1shop~1v2~1customers~1{customerId}/get/operationId")
                        .asString())
                .isEqualTo("getCustomer");
        JsonNode stock = paths.at("/~1api~1shop~1v2~1stock~1{day},{shelf}/get");
        assertThat(stock.path("operationId").asString()).isEqualTo("getStock");
        assertThat(stock.at("/parameters/0/schema/format").asString()).isEqualTo("date");
        assertThat(stock.path("tags").get(0).asString()).isEqualTo("stock");
    }

    @Test
    void everyFilterIsTypedByItsField() {
        JsonNode parameters = document().at("/paths/~1api~1shop~1v2~1customers/get/parameters");

        assertThat(names(parameters))
                .contains(
                        "customerId",
                        "customerId.in",
                        "segment",
                        "segment.startsWith",
                        "segment.isNull",
                        "balance.gte",
                        "balance.isNull",
                        "address.nation",
                        "limit.eq",
                        "sort",
                        "limit",
                        "cursor",
                        "fields",
                        "Prefer")
                .doesNotContain("balance.startsWith", "customerId.isNull", "address.street", "lines");
        assertThat(parameter(parameters, "balance.gte").at("/schema/type").asString())
                .isEqualTo("number");
        assertThat(parameter(parameters, "limit.eq").at("/schema/type").asString())
                .isEqualTo("integer");
        assertThat(parameter(parameters, "customerId.in").at("/schema/type").asString())
                .isEqualTo("array");
        assertThat(texts(parameter(parameters, "sort").at("/schema/enum")))
                .contains("segment", "-segment", "address.nation", "segment,-balance");
    }

    @Test
    void schemasSayWhatMayBeAbsent() {
        JsonNode schemas = document().at("/components/schemas");

        assertThat(texts(schemas.at("/Customer/required"))).containsExactly("address", "customerId", "lines");
        assertThat(texts(schemas.at("/Customer/properties/segment/type"))).containsExactly("string", "null");
        assertThat(schemas.at("/Customer/properties/segment/enum").size()).isEqualTo(3);
        assertThat(texts(schemas.at("/Customer/properties/balance/type"))).containsExactly("number", "null");
        assertThat(schemas.at("/Customer/properties/balance/description").asString())
                .contains("restricted");
        assertThat(schemas.at("/Customer/properties/address/$ref").asString())
                .isEqualTo("#/components/schemas/CustomerAddress");
        assertThat(schemas.at("/CustomerLine/properties/shipDate/format").asString())
                .isEqualTo("date");
        assertThat(texts(schemas.at("/CustomerPage/required"))).containsExactly("items", "nextCursor");
        assertThat(schemas.has("Problem")).isTrue();
    }

    @Test
    void theRolesAreScopesAndOpenWhatTheySay() {
        JsonNode document = document();

        assertThat(document.at("/components/securitySchemes/oauth2/flows/clientCredentials/scopes/shop:read")
                        .asString())
                .isEqualTo("Reads what is public");
        assertThat(document.at("/components/securitySchemes/oauth2/flows/authorizationCode/authorizationUrl")
                        .asString())
                .isEqualTo("/oauth2/authorize");
        assertThat(document.at("/paths/~1api~1shop~1v2~1customers/get/security").size())
                .isEqualTo(3);
        assertThat(document.at("/paths/~1api~1shop~1v2~1stock/get/security").size())
                .isEqualTo(2);
        assertThat(document.at("/components/securitySchemes/apiKey/name").asString())
                .isEqualTo("X-API-Key");
    }

    @Test
    void everyFailureIsDescribedAndNoReferenceDangles() {
        JsonNode document = document();

        assertThat(document.at("/paths/~1api~1shop~1v2~1customers/get/responses")
                        .propertyNames())
                .contains("200", "304", "400", "401", "403", "404", "406", "410", "422", "500", "503");
        references(document)
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private JsonNode document() {
        return Client.json(anybody.get("/api/shop/v2/openapi.json"));
    }

    private static Stream<String> references(JsonNode node) {
        return Stream.concat(
                node.has("$ref") ? Stream.of(node.path("$ref").asString()) : Stream.empty(),
                node.valueStream().flatMap(OpenApiTest::references));
    }

    private static JsonNode parameter(JsonNode parameters, String name) {
        return parameters
                .valueStream()
                .filter(parameter -> parameter.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(JsonNode parameters) {
        return parameters
                .valueStream()
                .map(parameter -> parameter.path("name").asString())
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
