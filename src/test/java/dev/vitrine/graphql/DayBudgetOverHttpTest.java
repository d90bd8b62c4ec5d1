package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// What callers of both doors meet on a day whose request units are spent.
@GraphQlTest
class DayBudgetOverHttpTest {

    private static final String PAGE = "/api/shop/v1/customers?limit=1";

    private final Shop shop;
    private final Client reader;

    DayBudgetOverHttpTest(@Autowired Shop shop, @LocalServerPort int port) {
        this.shop = shop;
        this.reader = Client.with(port, "shop:read");
    }

    @AfterEach
    void aNewDay() throws InterruptedException {
        shop.charged = Map.of();
        until(reply -> reply.status() == 200);
    }

    @Test
    void readsByKeyGoOnAndAllElseIsToldWhenToComeBack() throws InterruptedException {
        shop.charged = Map.of("shop/customers", 900.0, "shop/orders", 99.0, "other/table", 5_000.0);
        assertThat(reader.get(PAGE).status()).isEqualTo(200);

        shop.charged = Map.of("shop/customers", 900.0, "shop/orders", 100.0);
        Reply refused = until(reply -> reply.status() == 429);

        assertThat(refused.json().path("code").asString()).isEqualTo("budget-spent");
        assertThat(refused.json().path("detail").asString()).contains("midnight UTC", ":batchGet");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 86_400L);
        for (String address : new String[] {
            "/api/shop/v1/customers?region=EUROPE",
            "/api/shop/v1/customers/1/orders",
            "/api/shop/v1/customers/1?expand=orders",
            "/api/shop/v1/orders/o001?expand=customer.orders"
        }) {
            assertThat(reader.get(address).json().path("code").asString())
                    .as(address)
                    .isEqualTo("budget-spent");
        }
        assertThat(reader.get("/api/shop/v1/customers", "Accept", "text/csv").status())
                .isEqualTo(429);
        assertThat(reader.get("/api/shop/v1/customers?nonsense=1").status()).isEqualTo(400);

        for (String address : new String[] {
            "/api/shop/v1/customers/1",
            "/api/shop/v1/orders/o001/customer",
            "/api/shop/v1/orders/o001?expand=customer",
            "/api/shop/v1/openapi.json"
        }) {
            assertThat(reader.get(address).status()).as(address).isEqualTo(200);
        }
        assertThat(reader.postTo("/api/shop/v1/customers:batchGet", "{\"keys\":[1,2]}")
                        .status())
                .isEqualTo(200);
        Reply graph = reader.ask(
                "{ customer(customerId: 3) { name orders(first: 1) { totalCount } } orders { totalCount } }");
        assertThat(graph.partialData().path("customer").path("name").asString()).isNotEmpty();
        assertThat(graph.errors()).containsExactlyInAnyOrder("customer/orders budget-spent", "orders budget-spent");
        JsonNode health =
                reader.get("/actuator/health").json().path("components").path("budget");
        assertThat(health.path("status").asString()).isEqualTo("DEGRADED");
        assertThat(health.path("details").path("shop"))
                .hasToString("{\"requestUnits\":1000,\"charged\":1000.0,\"spent\":true}");
    }

    /// Asks for a page until it is answered so.
    private Reply until(Predicate<Reply> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (System.nanoTime() < deadline) {
            Reply reply = reader.get(PAGE);
            if (wanted.test(reply)) {
                return reply;
            }
            Thread.sleep(10);
        }
        return fail("it is not answered so within a minute: " + reader.get(PAGE).body());
    }
}
