package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Caller;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.graphql.fetch.Reading;
import dev.vitrine.query.Entities;
import graphql.ExecutionResult;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;

@GraphQlTest
class QueryLimitsTest {

    private static final Pattern LEFT_OF_DAY = Pattern.compile("\"day\";r=([0-9]+)");

    private final int port;
    private final Client reader;

    QueryLimitsTest(@LocalServerPort int port) {
        this.port = port;
        reader = Client.with(port, "shop:support");
    }

    @Test
    void depthIsLimited() {
        String below = "{ orders(first: 1) { edges { node { customer ";
        String closing = "} } } } ";
        String deep = "{ customer(customerId: 1) " + below.repeat(4) + "{ name }" + closing.repeat(4) + " }";
        Reply reply = reader.ask(deep).isRefused(400, "query-too-complex");
        assertThat(reply.firstMessage())
                .isEqualTo(
                        "The document nests 18 fields deep, of at most 15: ask for what is below in another request.");
        reader.ask(deep.replace(below.repeat(4), below.repeat(3)).replace(closing.repeat(4), closing.repeat(3)))
                .data();
    }

    @Test
    void complexityIsWhatCouldBeAnswered() {
        String document =
                "query($n: Int) { customers(first: $n) { edges { node { orders(first: 50) { edges { node { orderId total } } } } } } }";
        Reply reply = reader.ask(document, Map.of("n", 200)).isRefused(400, "query-too-complex");
        assertThat(reply.firstMessage()).startsWith("The document can be answered with 40601 values, of at most 20000");
        reader.ask(document, Map.of("n", 90)).data();
        assertThat(reader.ask(document.replace("(first: 50)", ""), Map.of("n", 200))
                        .status())
                .as("20 unless said otherwise")
                .isEqualTo(200);
    }

    @Test
    void aliasesAreLimited() {
        Reply reply = reader.ask(aliases(31)).isRefused(400, "query-too-complex");
        assertThat(reply.firstMessage())
                .isEqualTo("The document renames 31 fields by aliases, of at most 30: ask in several requests.");
        reader.ask(aliases(30)).data();
    }

    private static String aliases(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "a%d: customer(customerId: %d) { name }".formatted(i, i))
                .collect(Collectors.joining(" ", "{ ", " }"));
    }

    @Test
    void everythingThatIsTooMuchIsSaidAtOnce() {
        Reply reply = reader.ask("{ "
                + IntStream.range(0, 40)
                        .mapToObj(i -> "a%d: customers(first: 200) { edges { node { name region } } }".formatted(i))
                        .collect(Collectors.joining(" "))
                + " }");
        assertThat(reply.errors()).containsExactly("query-too-complex", "query-too-complex");
    }

    @Test
    @Timeout(30)
    void fragmentsInFragmentsCostNoTime() {
        String doubled = IntStream.range(0, 60)
                .mapToObj(i ->
                        "fragment f%1$d on Customer { ...f%2$d ...f%2$d orders(first: 1) { edges { node { customer { ...f%2$d } } } } }"
                                .formatted(i, i + 1))
                .collect(Collectors.joining(" "));
        Reply reply =
                reader.ask("{ customer(customerId: 1) { ...f0 } } " + doubled + " fragment f60 on Customer { name }");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errors()).isNotEmpty().allMatch("query-too-complex"::equals);
    }

    @Test
    @Timeout(30)
    void introspectionThatGoesInCirclesIsRefused() {
        String circle = "fields { type { fields { type { fields { type { name } } } } } }";
        Reply reply = reader.ask("{ __schema { types { " + circle + " } } }");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errors()).containsExactly("query-too-complex");
    }

    @Test
    void nothingMoreIsReadOnceTheTimeIsUp() throws InterruptedException {
        DataProduct shop = ChosenContracts.SHOP.products().getFirst();
        Reading reading = new Reading(
                shop, unread(), new Caller("ada", "notebook", Set.of(), Map.of()), Instant.EPOCH, Duration.ZERO);
        Thread.sleep(2);
        ExecutableProduct product =
                new ExecutableProduct(shop, new GraphQlSettings(15, 20_000, 30, Duration.ZERO, false));
        ExecutionResult result = product.run("{ customers { totalCount } }", null, Map.of(), reading);
        assertThat(result.getErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.getExtensions()).containsEntry("code", "query-too-expensive"));
    }

    @Test
    void whatAnAnswerCanHoldIsPaidBesideItsReads() {
        Client payer = new Client(port, GraphQlTestApplication.token("payer", "shop:support"));
        String document = "{ customers(first: 200) { edges { node { %s } } } }";
        long before = left(payer.ask("{ __typename }"));

        long afterFew = left(payer.ask(document.formatted("customerId name")));
        assertThat(before - afterFew).as("801 values, and 200 entities").isEqualTo(10);

        long afterMany =
                left(payer.ask(document.formatted("customerId name region since seenAt localAt score active")));
        assertThat(afterFew - afterMany).as("2001 values, and 200 entities").isEqualTo(12);

        assertThat(afterMany - left(payer.ask("{ customer(customerId: 1) { name } }")))
                .isEqualTo(1);
    }

    @Test
    void whatThePlanDoesNotLeaveIsRefusedBeforeAnythingIsRead() {
        Client frugal = new Client(port, GraphQlTestApplication.token("frugal", "shop:support"));
        Reply refused = frugal.ask(
                        "{ customers(first: 90) { edges { node { orders(first: 50) { edges { node { orderId total } } } } } } }")
                .isProblem(429, "quota-exceeded");
        assertThat(Long.parseLong(Objects.requireNonNull(refused.header("Retry-After"))))
                .isBetween(1L, 60L);
        assertThat(frugal.ask("{ customer(customerId: 1) { name } }").data().toString())
                .as("what it costs was not taken")
                .contains("N00");
    }

    private static long left(Reply reply) {
        Matcher left = LEFT_OF_DAY.matcher(String.valueOf(reply.header("RateLimit")));
        assertThat(left.find()).as("%s", reply.http().headers()).isTrue();
        return Long.parseLong(left.group(1));
    }

    private static Entities unread() {
        return (Entities) Proxy.newProxyInstance(
                Entities.class.getClassLoader(), new Class<?>[] {Entities.class}, (self, method, arguments) -> {
                    throw new AssertionError("nothing is to be read: " + method);
                });
    }
}
