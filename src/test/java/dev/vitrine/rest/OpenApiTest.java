package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import dev.vitrine.rest.RestTestApplication.ChosenContracts;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RestTest
class OpenApiTest {

    private static final DataProduct LIBRARY = ContractsFolder.read(
                    Path.of("src/test/resources/contracts/library"), new Environment(null, false, name -> null))
            .products()
            .getFirst();

    private final ChosenContracts contracts;
    private final Client anybody;

    OpenApiTest(@Autowired ChosenContracts contracts, @LocalServerPort int port) {
        this.contracts = contracts;
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
        assertThat(parameter(parameters, "sort").at("/schema/$ref").asString())
                .isEqualTo("#/components/schemas/CustomerSort");
        assertThat(texts(document().at("/components/schemas/CustomerSort/enum")))
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

    /// Rows that break them are served all the same, so a generated client must not insist.
    @Test
    void whatAContractExpectsOfValuesIsSaidInWords() {
        contracts.products = ContractsFolder.read(
                        Path.of("src/test/resources/contracts/gold"), new Environment(null, false, name -> "nowhere"))
                .products();
        JsonNode phone = Client.json(anybody.get("/api/shop/v1/openapi.json"))
                .at("/components/schemas/Customer/properties/phone");

        assertThat(phone.has("pattern")).isFalse();
        assertThat(phone.path("description").asString())
                .contains("Should match `^[0-9]{2}-[0-9]{3}-[0-9]{3}-[0-9]{4}$`.");
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
        assertThat(document.at("/paths/~1api~1shop~1v2~1customers/get/security").toString())
                .isEqualTo(
                        "[{\"oauth2\":[\"shop:read\"]},{\"oauth2\":[\"shop:europe\"]},{\"token\":[]},{\"apiKey\":[]}]");
        assertThat(document.at("/paths/~1api~1shop~1v2~1stock/get/security").size())
                .isEqualTo(3);
        assertThat(document.at("/components/securitySchemes/token/scheme").asString())
                .isEqualTo("bearer");
        assertThat(document.at("/components/securitySchemes/apiKey/name").asString())
                .isEqualTo("X-API-Key");
    }

    @Test
    void everyFailureIsDescribedAndNoReferenceDangles() {
        JsonNode document = document();

        assertThat(document.at("/paths/~1api~1shop~1v2~1customers/get/responses")
                        .propertyNames())
                .contains("200", "304", "400", "401", "403", "404", "406", "410", "422", "500", "503")
                .doesNotContain("413", "415");
        assertThat(document.at("/paths/~1api~1shop~1v2~1customers:batchGet/post/responses")
                        .propertyNames())
                .contains("200", "400", "404", "413", "415", "503")
                .doesNotContain("304");
        references(document)
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void manyKeysAreAskedForAsTheyLookInJson() {
        JsonNode schemas = document().at("/components/schemas");

        assertThat(schemas.at("/CustomerKeys/properties/keys/items/type").asString())
                .isEqualTo("string");
        assertThat(schemas.at("/CustomerKeys/properties/keys/maxItems").asInt()).isEqualTo(100);
        assertThat(schemas.at("/StockKeys/properties/keys/items/$ref").asString())
                .isEqualTo("#/components/schemas/StockKey");
        assertThat(texts(schemas.at("/StockKey/required"))).containsExactlyInAnyOrder("day", "shelf");
        assertThat(schemas.at("/StockKey/properties/day/format").asString()).isEqualTo("date");
        assertThat(schemas.at("/CustomerBatchItem/properties/entity/$ref").asString())
                .isEqualTo("#/components/schemas/Customer");
    }

    @Test
    void everyReadCanAskForAVersionAndWaitForIt() {
        JsonNode paths = document().path("paths");

        assertThat(paths.valueStream())
                .allSatisfy(path -> assertThat(names(
                                path.valueStream().findFirst().orElseThrow().path("parameters")))
                        .contains("Min-Delta-Table-Version", "Prefer"));
    }

    @Test
    void collectionsAreOfferedAsLinesToo() {
        assertThat(document()
                        .at("/paths/~1api~1shop~1v2~1customers/get/responses/200/content")
                        .propertyNames())
                .containsExactly("application/json", "application/jsonl", "text/csv");
    }

    @Test
    void relationsAreTypedBothWays() {
        contracts.products = List.of(LIBRARY);
        JsonNode document = Client.json(anybody.get("/api/library/v1/openapi.json"));
        JsonNode schemas = document.at("/components/schemas");

        assertThat(schemas.at("/Book/properties/author/anyOf/0/$ref").asString())
                .isEqualTo("#/components/schemas/Author");
        assertThat(schemas.at("/Author/properties/books/$ref").asString()).isEqualTo("#/components/schemas/BookPage");
        assertThat(texts(schemas.at("/Book/required"))).containsExactly("bookId");
        JsonNode list = document.at("/paths/~1api~1library~1v1~1authors~1{authorId}~1books/get");
        assertThat(list.path("operationId").asString()).isEqualTo("listAuthorBooks");
        assertThat(names(list.path("parameters")))
                .contains("authorId", "title.startsWith", "bookId.in", "sort", "cursor", "fields", "expand")
                .doesNotContain("authorId.in");
        assertThat(list.path("security").size())
                .as("three roles, a token or a key")
                .isEqualTo(5);
        JsonNode one = document.at("/paths/~1api~1library~1v1~1books~1{bookId}~1editor/get");
        assertThat(one.path("operationId").asString()).isEqualTo("getBookEditor");
        assertThat(one.at("/responses/200/content/application~1json/schema/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/Author");
        assertThat(parameter(one.path("parameters"), "expand")
                        .at("/schema/items/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/AuthorRelation");
        assertThat(texts(schemas.at("/AuthorRelation/enum")))
                .contains("books", "books.author", "books.reviews.book", "edited");
        assertThat(texts(schemas.at("/BookField/enum"))).contains("title", "author", "author.name", "reviews.stars");
        assertThat(document.at("/paths/~1api~1library~1v1~1own~1{ownId}/get/parameters")
                        .toString())
                .doesNotContain("expand");
    }

    @AfterEach
    void asInTheBeginning() {
        contracts.products = SampleProducts.ALL;
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
