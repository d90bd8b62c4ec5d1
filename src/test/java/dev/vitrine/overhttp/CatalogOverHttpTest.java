package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What anybody with a token can learn of the products.
class CatalogOverHttpTest extends OverHttp {

    private static final String PRODUCT = "/catalog/products/gaps/v1";

    private final String token = TOKENS.with("");

    @Test
    void allProductsAreListedWithLinksThatLeadOn() {
        JsonNode gaps = get(token, "/catalog/products")
                .json()
                .path("products")
                .valueStream()
                .filter(product -> product.path("name").asString().equals("gaps"))
                .findFirst()
                .orElseThrow();

        assertThat(gaps.path("major").asInt()).isEqualTo(1);
        assertThat(gaps.path("version").asString()).isEqualTo("1.0.0");
        assertThat(gaps.path("status").asString()).isEqualTo("active");
        assertThat(gaps.path("description").asString()).startsWith("A good table beside some");
        assertThat(gaps.path("entities").valueStream().map(JsonNode::asString)).contains("good", "plain");
        for (String link : List.of("self", "openapi", "contract")) {
            String address = gaps.at("/links/" + link).asString();
            assertThat(address).startsWith("http://localhost:");
            assertThat(get(token, address.replaceFirst("http://localhost:\\d+", ""))
                            .status())
                    .as(address)
                    .isEqualTo(200);
        }
        assertThat(gaps.at("/links/api").asString()).endsWith("/api/gaps/v1");
    }

    @Test
    void aVersionIsToldWithTheStateOfItsTablesAndItsPromises() throws Exception {
        Reply reply =
                until(answer -> !missing(answer).at("/table/state").asString().equals("unknown"), token, PRODUCT);

        assertThat(missing(reply).at("/table/name").asString()).isEqualTo("gaps/missing");
        assertThat(missing(reply).at("/address").asString()).endsWith("/api/gaps/v1/missing");
        assertThat(reply.json().at("/serviceLevels/0/property").asString()).isEqualTo("latency");
        assertThat(reply.json().at("/serviceLevels/0/value").asString()).isEqualTo("PT0.5S");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-cache, private");
    }

    @Test
    void aGeneratedClientIsOfferedWhereThereIsOne() throws Exception {
        get(token, PRODUCT + "/sdk/java").isProblem(404, "unknown-address");
        assertThat(get(token, PRODUCT).json().path("sdks").isEmpty()).isTrue();

        Path folder = Files.createDirectories(SDKS.resolve("gaps/v1/typescript"));
        Files.writeString(folder.resolve("gaps-v1-1.0.0.tgz"), "packed");

        Reply kit = get(token, PRODUCT + "/sdk/typescript");
        assertThat(kit.body()).isEqualTo("packed");
        assertThat(kit.header("Content-Disposition")).isEqualTo("attachment; filename=\"gaps-v1-1.0.0.tgz\"");
        assertThat(get(token, PRODUCT).json().at("/sdks/0").asString()).endsWith(PRODUCT + "/sdk/typescript");
        get(token, PRODUCT + "/sdk/cobol").isProblem(404, "unknown-address");
        get(token, PRODUCT + "/sdk/..").isProblem(400, "malformed-request");
        get("", PRODUCT + "/sdk/typescript").isProblem(401, "unauthenticated");
    }

    @Test
    void theContractIsShownAsItIsInForceWithoutItsServers() {
        Reply contract = get(token, PRODUCT + "/contract", "Accept", "application/yaml");

        assertThat(contract.status()).isEqualTo(200);
        assertThat(contract.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(contract.body())
                .contains("apiVersion: v3.1.0", "name: gaps", "physicalType: \"decimal(12,2)\"")
                .doesNotContain("servers", "gaps.path");
        assertThat(get(token, PRODUCT + "/contract", "Accept", "application/json")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void nothingOfItTellsWhereTheTablesLie() {
        List<String> told =
                new ArrayList<>(List.of(get(token, "/catalog/products").body()));
        for (String product : List.of("gaps/v1", "shop/v1", "odd/v1", "covid/v1")) {
            told.add(get(token, "/catalog/products/" + product).body());
            told.add(get(token, "/catalog/products/" + product + "/contract").body());
        }
        assertThat(told).noneMatch(text -> text.contains(LAKEHOUSE.toString()) || text.contains("path:"));
    }

    @Test
    void whatIsWrongIsAProblemAsElsewhere() {
        get("", "/catalog/products").isProblem(401, "unauthenticated");
        get("", PRODUCT + "/contract").isProblem(401, "unauthenticated");
        get("rubbish", PRODUCT).isProblem(401, "unauthenticated");
        get(token, "/catalog/products/nothing/v1").isProblem(404, "unknown-product");
        get(token, "/catalog/products/gaps/v9")
                .isProblem(404, "unknown-version")
                .saying("v1");
        get(token, "/catalog/products/gaps/1/contract").isProblem(404, "unknown-version");
        get(token, "/catalog/nothing").isProblem(404, "unknown-address");
        get(token, PRODUCT, "Accept", "text/csv").isProblem(406, "not-acceptable");
    }

    private static JsonNode missing(Reply reply) {
        return reply.json()
                .path("entities")
                .valueStream()
                .filter(entity -> entity.path("name").asString().equals("missing"))
                .findFirst()
                .orElseThrow();
    }
}
