package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@GraphQlTest
class RelationsTest {

    private final Shop shop;
    private final int port;
    private final Client support;

    RelationsTest(@Autowired Shop shop, @LocalServerPort int port) {
        this.shop = shop;
        this.port = port;
        this.support = Client.with(port, "shop:support");
    }

    @BeforeEach
    void countAnew() {
        shop.reads.clear();
    }

    @Test
    void leadBothWays() {
        assertThat(support.ask("""
                {
                  order(orderId: "o001") {
                    customer { customerId orders(first: 2) { totalCount edges { node { orderId } } } }
                    manager { customerId }
                    store { city orders(first: 1, sort: {field: total, direction: DESC}) { edges { node { orderId total } } } }
                  }
                }""").data().toString()).isEqualTo("""
                {"order":{"customer":{"customerId":2,"orders":{"totalCount":12,"edges":[{"node":{"orderId":"o001"}},{"node":{"orderId":"o021"}}]}},\
                "manager":{"customerId":2},\
                "store":{"city":"Lima","orders":{"edges":[{"node":{"orderId":"o235","total":235.05}}]}}}}""");
    }

    @Test
    void areNullWhereTheyLeadNowhere() {
        assertThat(support.ask("""
                { lost: order(orderId: "lost") { customer { name } manager { name } }
                  none: order(orderId: "none") { customer { name } }
                  part: order(orderId: "o004") { storeCountry storeNumber store { city } } }""").data().toString()).isEqualTo("""
                {"lost":{"customer":null,"manager":null},"none":{"customer":null},\
                "part":{"storeCountry":null,"storeNumber":1,"store":null}}""");
    }

    @Test
    void areNullWhereTheTargetMayNotBeSeen() {
        Client europe = Client.with(port, "shop:europe");
        JsonNode orders = europe.ask(
                        "{ orders(first: 60) { edges { node { customerId customer { customerId region } } } } }")
                .data()
                .path("orders");
        assertThat(orders.path("edges").valueStream().map(edge -> edge.path("node")))
                .allSatisfy(order -> {
                    long id = order.path("customerId").asLong(777);
                    boolean open = id != 777 && id % 3 == 0;
                    assertThat(order.path("customer").isNull()).isEqualTo(!open);
                });
        Reply closed = Client.with(port, "shop:orders")
                .ask("{ orders(first: 2) { edges { node { orderId customer { name } } } } }");
        assertThat(closed.partialData().toString())
                .isEqualTo(
                        "{\"orders\":{\"edges\":[{\"node\":{\"orderId\":\"lost\",\"customer\":null}},{\"node\":{\"orderId\":\"none\",\"customer\":null}}]}}");
        assertThat(closed.errors()).containsExactly("orders/edges/0/node/customer forbidden");
    }

    @Test
    void doNotTellAKeyThatMayNotBeSeen() {
        Client reader = Client.with(port, "shop:read");
        Reply forwards = reader.ask("{ order(orderId: \"o001\") { orderId manager { customerId } } }");
        assertThat(forwards.partialData().toString()).isEqualTo("{\"order\":{\"orderId\":\"o001\",\"manager\":null}}");
        assertThat(forwards.errors()).containsExactly("order/manager forbidden");
        assertThat(reader.ask("{ customer(customerId: 2) { managed { totalCount edges { node { orderId } } } } }")
                        .data()
                        .toString())
                .isEqualTo("{\"customer\":{\"managed\":{\"totalCount\":0,\"edges\":[]}}}");
    }

    @Test
    void arePagedBehindOneEntity() {
        String pages =
                "{ customer(customerId: 5) { orders(first: 5%s) { edges { node { orderId } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }";
        List<String> walked = new java.util.ArrayList<>();
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page =
                    support.ask(pages.formatted(after)).data().path("customer").path("orders");
            page.path("edges")
                    .forEach(
                            edge -> walked.add(edge.path("node").path("orderId").asString()));
            more = page.path("pageInfo").path("hasNextPage").asBoolean();
            assertThat(page.path("pageInfo").path("hasPreviousPage").asBoolean())
                    .isEqualTo(!after.isEmpty());
            after = ", after: \"%s\""
                    .formatted(page.path("pageInfo").path("endCursor").asString());
        }
        assertThat(walked).hasSize(12).doesNotHaveDuplicates().isSorted();
        Reply other = support.ask("{ customer(customerId: 6) { orders(first: 5%s) { totalCount } } }".formatted(after));
        assertThat(other.errors()).containsExactly("customer/orders invalid-request");
    }

    @Test
    void readTheStoreOnceALevelHoweverManyObjectsTheyStartFrom() {
        String document = """
                {
                  customers(first: %d) {
                    edges { node {
                      orders(first: 3) { totalCount edges { node { customer { name } store { city orders(first: 1) { edges { node { total } } } } } } }
                      managed(first: 2) { edges { node { orderId } } }
                    } }
                  }
                }""";
        support.ask(document.formatted(1)).data();
        List<String> few = List.copyOf(shop.reads);
        shop.reads.clear();
        support.ask(document.formatted(60)).data();

        assertThat(shop.reads)
                .hasSameSizeAs(few)
                .containsExactlyInAnyOrder(
                        "dim_customer.pages",
                        "fact_order.pages",
                        "fact_order.counts",
                        "fact_order.pages",
                        "dim_customer.getAll",
                        "dim_store.getAll",
                        "fact_order.pages");
    }

    @Test
    void askForAKeyOnceAndForSeveralTogether() {
        support.ask(
                        "{ a: customer(customerId: 1) { name } b: customer(customerId: 2) { name } c: customer(customerId: 1) { name } }")
                .data();
        assertThat(shop.reads).containsExactly("dim_customer.getAll");
    }

    @Test
    void countOnlyIfTheTotalIsSelected() {
        support.ask("{ customers { edges { node { name } } } }").data();
        assertThat(shop.reads).containsExactly("dim_customer.pages");
    }
}
