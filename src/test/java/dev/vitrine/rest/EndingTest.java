package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.DataProduct.Status;
import dev.vitrine.contract.ServiceLevel;
import dev.vitrine.contract.ServiceLevel.EndOfLife;
import dev.vitrine.contract.ServiceLevel.EndOfSupport;
import dev.vitrine.rest.RestTestApplication.ChosenContracts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What callers of a version are told before and after its end, and how its owner sees who they are.
@RestTest
class EndingTest {

    private static final Instant LONG_AGO = Instant.parse("2024-03-03T00:00:00Z");
    private static final Instant FAR_AHEAD = Instant.parse("2096-06-30T23:59:59Z");

    private final ChosenContracts contracts;
    private final MeterRegistry meters;
    private final int port;
    private final Client client;

    EndingTest(
            @Autowired ChosenContracts contracts,
            @Autowired ChosenEntities entities,
            @Autowired MeterRegistry meters,
            @LocalServerPort int port) {
        entities.reset();
        this.contracts = contracts;
        this.meters = meters;
        this.port = port;
        this.client = Client.at(port);
    }

    @AfterEach
    void asInTheBeginning() {
        contracts.products = SampleProducts.ALL;
    }

    @Test
    void aVersionWithoutAnEndSaysNothing() {
        contracts.products = List.of(version(1, Status.ACTIVE), version(2, Status.ACTIVE));

        HttpResponse<String> answer = client.get("/api/shop/v1/customers");

        assertThat(answer.headers().map()).doesNotContainKeys("deprecation", "sunset", "link");
    }

    @Test
    void aVersionThatEndsNamesItsDatesAndItsSuccessor() {
        contracts.products = List.of(
                version(1, Status.ACTIVE, new EndOfSupport(LONG_AGO, null), new EndOfLife(FAR_AHEAD, null)),
                version(2, Status.ACTIVE),
                version(3, Status.RETIRED));

        for (String path : List.of("/customers", "/customers/1", "/customers?limit=0")) {
            HttpResponse<String> answer = client.get("/api/shop/v1" + path);

            assertThat(answer.headers().firstValue("Deprecation")).as(path).contains("@1709424000");
            assertThat(answer.headers().firstValue("Sunset")).contains("Sat, 30 Jun 2096 23:59:59 GMT");
            assertThat(answer.headers().allValues("Link"))
                    .contains("</api/shop/v2/customers>; rel=\"successor-version\"");
        }
        assertThat(client.get("/api/shop/v2/customers").headers().firstValue("Sunset"))
                .isEmpty();
    }

    @Test
    void afterItsEndAVersionIsGone() {
        contracts.products =
                List.of(version(1, Status.DEPRECATED, new EndOfLife(LONG_AGO, null)), version(2, Status.ACTIVE));

        HttpResponse<String> answer = client.get("/api/shop/v1/stock");

        Problem.in(answer).is(410, "retired").saying("/api/shop/v2/stock");
        Problem.in(client.get("/api/shop/v1/openapi.json")).is(410, "retired").saying("served are: v2");
        assertThat(client.get("/v3/api-docs/swagger-config").body()).doesNotContain("/api/shop/v1/");
        assertThat(answer.headers().firstValue("Sunset")).contains("Sun, 03 Mar 2024 00:00:00 GMT");
        assertThat(answer.headers().allValues("Link")).contains("</api/shop/v2/stock>; rel=\"successor-version\"");
    }

    @Test
    void oneCollectionCanEndAlone() {
        contracts.products = List.of(version(1, Status.ACTIVE, new EndOfLife(LONG_AGO, "stock")));

        Problem.in(client.get("/api/shop/v1/stock")).is(410, "retired");
        assertThat(client.get("/api/shop/v1/customers").statusCode()).isEqualTo(200);
    }

    @Test
    void requestsAreCountedByVersionAndClient() {
        contracts.products =
                List.of(version(1, Status.ACTIVE, new EndOfLife(LONG_AGO, "stock")), version(2, Status.ACTIVE));
        String client = "client-of-the-counting-test";
        Client counted = new Client(port, TestTokens.named(client, "shop:read"));

        counted.get("/api/shop/v1/customers");
        counted.get("/api/shop/v1/customers/7");
        counted.get("/api/shop/v1/stock");
        counted.get("/api/shop/v2/customers");

        assertThat(count("v1", client)).isEqualTo(3);
        assertThat(count("v2", client)).isEqualTo(1);
    }

    @Test
    void manyClientsAreCountedTogether() {
        contracts.products = List.of(version(4, Status.ACTIVE));
        VersionUse use = new VersionUse(meters);
        for (int i = 0; i < 250; i++) {
            use.count(contracts.products.getFirst(), "client-" + i);
        }

        assertThat(count("v4", "client-199")).isEqualTo(1);
        assertThat(count("v4", "client-200")).isNull();
        assertThat(count("v4", "others")).isEqualTo(50);
    }

    private @Nullable Double count(String version, String client) {
        Counter counter = meters.find("vitrine.requests")
                .tags("product", "shop", "version", version, "client", client)
                .counter();
        return counter == null ? null : counter.count();
    }

    private static DataProduct version(int major, Status status, ServiceLevel... levels) {
        DataProduct plain = SampleProducts.product("shop", major, status);
        return new DataProduct(
                plain.name(),
                plain.major(),
                plain.version(),
                plain.status(),
                plain.id(),
                plain.description(),
                plain.location(),
                plain.entities(),
                plain.roles(),
                List.of(levels),
                plain.source());
    }
}
