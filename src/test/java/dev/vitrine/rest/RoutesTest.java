package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.DataProduct.Status;
import dev.vitrine.rest.RestTestApplication.ChosenContracts;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RestTest
class RoutesTest {

    private final ChosenContracts contracts;
    private final ChosenEntities entities;
    private final Client client;

    RoutesTest(@Autowired ChosenContracts contracts, @Autowired ChosenEntities entities, @LocalServerPort int port) {
        this.contracts = contracts;
        this.entities = entities;
        this.client = Client.at(port);
    }

    @BeforeEach
    @AfterEach
    void asInTheBeginning() {
        contracts.products = SampleProducts.ALL;
        entities.reset();
    }

    @Test
    void eachPartOfAnAddressThatIsUnknownHasAProblemOfItsOwn() {
        Problem.in(client.get("/api/nothing/v1/customers")).is(404, "unknown-product");
        Problem.in(client.get("/api/shop/v9/customers"))
                .is(404, "unknown-version")
                .saying("v2");
        Problem.in(client.get("/api/shop/2/customers")).is(404, "unknown-version");
        Problem.in(client.get("/api/shop/v02/customers")).is(404, "unknown-version");
        Problem.in(client.get("/api/shop/v2/nothing/1"))
                .is(404, "unknown-entity")
                .saying("customers, stock");
        Problem.in(client.get("/api/shop/v2/customers/1/orders")).is(404, "unknown-relation");
        Problem.in(client.get("/api/shop/v2/customers/1/orders/2")).is(404, "unknown-address");
        Problem.in(client.get("/api/shop")).is(404, "unknown-address");
        Problem.in(client.get("/api/")).is(404, "unknown-address");
    }

    @Test
    void aRetiredVersionIsGone() {
        Problem.in(client.get("/api/shop/v1/customers/1")).is(410, "retired").saying("v2");
        Problem.in(client.get("/api/shop/v1/openapi.json")).is(410, "retired");
    }

    @Test
    void addressesFollowTheContractsInForce() {
        contracts.products = List.of(SampleProducts.product("later", 1, Status.ACTIVE));

        assertThat(client.get("/api/later/v1/customers").statusCode()).isEqualTo(200);
        Problem.in(client.get("/api/shop/v2/customers")).is(404, "unknown-product");
        assertThat(client.get("/v3/api-docs/swagger-config").body())
                .contains("/api/later/v1/openapi.json")
                .doesNotContain("shop");
    }

    @Test
    void dataIsOnlyRead() {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            HttpResponse<String> answer = client.send(method, "/api/shop/v2/customers/1");
            Problem.in(answer).is(405, "method-not-allowed");
            assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        }
    }

    @Test
    void aFormThatThereIsNotIsRefused() {
        Problem.in(client.get("/api/shop/v2/customers", "Accept", "text/html")).is(406, "not-acceptable");
        Problem.in(client.get(
                        "/api/shop/v2/customers",
                        "Accept",
                        "application/*, application/json;q=0, application/jsonl;q=0"))
                .is(406, "not-acceptable");
        Problem.in(client.get("/api/shop/v2/customers", "Accept", "nonsense")).is(406, "not-acceptable");
        for (String accept :
                List.of("application/json", "text/html, */*;q=0.1", "application/*", "application/json;q=0.2")) {
            assertThat(client.get("/api/shop/v2/customers", "Accept", accept).statusCode())
                    .isEqualTo(200);
        }
    }
}
