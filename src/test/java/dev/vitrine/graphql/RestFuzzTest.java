package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Whatever is asked of the addresses of entities: data or a problem with a code, never a failure of ours, and nothing
/// of
/// what the caller may not see. Over the real query and store, which the tests of this package have.
@GraphQlTest
class RestFuzzTest {

    private static final int ROUNDS = 600;

    private static final List<String> PATHS = List.of(
            "customers",
            "orders",
            "stores",
            "date",
            "customers/3",
            "customers/61",
            "customers/x",
            "customers/",
            "customers/3/orders",
            "customers/3/managed",
            "customers/3/nothing",
            "orders/o001",
            "orders/o001/customer",
            "orders/o001/manager",
            "stores/PE,1",
            "stores/PE",
            "stores/PE,1/orders",
            "date/2026-01-06",
            "date/2026-13-40",
            "customers/%00",
            "customers/%F0%9F%98%80",
            "customers/9223372036854775808",
            "nothing",
            "customers:batchGet",
            "customers/3/orders/1/2",
            "..%2fcustomers");
    private static final List<String> FIELDS = List.of(
            "customerId",
            "name",
            "region",
            "balance",
            "phone",
            "since",
            "seenAt",
            "localAt",
            "score",
            "wealth",
            "ticket",
            "active",
            "opens",
            "photo",
            "first-name",
            "address.city",
            "address",
            "contact.email",
            "contact",
            "tags",
            "visits",
            "orderId",
            "managerId",
            "total",
            "lines",
            "country",
            "number",
            "day",
            "nothing",
            "",
            "a.b.c",
            "*");
    private static final List<String> TESTS =
            List.of("", ".eq", ".in", ".gt", ".gte", ".lt", ".lte", ".startsWith", ".isNull", ".like", ".", ".in.in");
    private static final List<String> VALUES = List.of(
            "",
            "1",
            "-1",
            "99999999999999999999",
            "1e400",
            "NaN",
            "EUROPE",
            "MIDDLE%20EAST",
            "N1",
            "true",
            "null",
            "2020-01-05",
            "2020-02-30",
            "2026-01-06T10:00:03Z",
            "+14:00",
            "%00",
            "%F0%9F%98%80",
            "%FF",
            "%",
            "%2C",
            "a,b,c",
            "1,2,3",
            ",,",
            "'",
            "%22",
            "%27%20OR%201=1--",
            "{}",
            "%5B%5D",
            "-".repeat(300),
            "1.10",
            "0x10",
            "%E2%80%AE");
    private static final List<String> OTHERS = List.of(
            "limit=",
            "limit=0",
            "limit=200",
            "limit=201",
            "limit=7",
            "limit=x",
            "cursor=",
            "cursor=abc",
            "cursor=%00",
            "fields=",
            "fields=name",
            "fields=phone",
            "fields=nothing,name",
            "fields=orders.total",
            "expand=orders",
            "expand=customer",
            "expand=orders.customer.orders",
            "expand=orders.customer.orders.customer",
            "expand=nothing",
            "expand=",
            "expand=managed,orders",
            "sort=name",
            "sort=-balance",
            "sort=name,region",
            "sort=region,-name",
            "sort=-",
            "sort=phone",
            "sort=name,name",
            "unknown=1",
            "=",
            "&",
            "a=b=c",
            "%",
            "name",
            "sort=address.city");
    private static final List<List<String>> HEADERS = List.of(
            List.of(),
            List.of("Accept", "application/jsonl"),
            List.of("Accept", "text/csv"),
            List.of("Accept", "*/*;q=x, nonsense"),
            List.of("Prefer", "count=exact"),
            List.of("Prefer", "wait=0, count=exact"),
            List.of("Prefer", "wait=-9999999999999"),
            List.of("Min-Delta-Table-Version", "1"),
            List.of("Min-Delta-Table-Version", "x"),
            List.of("If-None-Match", "*"),
            List.of("If-None-Match", "W/\"x\", \"y"));
    private static final List<String> BODIES = List.of(
            "{\"keys\":[1,2,3]}",
            "{\"keys\":[]}",
            "{\"keys\":null}",
            "{}",
            "[]",
            "",
            "{",
            "null",
            "{\"keys\":[{}]}",
            "{\"keys\":[[1]]}",
            "{\"keys\":[1e999]}",
            "{\"keys\":[\"x\",true,null]}",
            "{\"keys\":[1],\"more\":1}",
            "{\"keys\":[" + "1,".repeat(150) + "1]}",
            "[".repeat(3000));

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final int port;

    RestFuzzTest(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void everyRequestIsAnsweredWithDataOrWithWhatIsWrong() {
        System.out.println("RestFuzzTest seed " + seed);
        Map<String, Integer> seen = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            String scopes = any(List.of("shop:read", "shop:support", "shop:europe", "shop:orders", "nothing"));
            Client caller = Client.with(port, scopes);
            String address = "/api/shop/v1/" + any(PATHS) + query();
            boolean batch = address.contains("batchGet") && random.nextInt(4) > 0;
            String[] headers = any(HEADERS).toArray(String[]::new);
            String body = batch ? any(BODIES) : "";
            Reply reply = batch
                    ? caller.postTo(address, body)
                    : caller.send(
                            any(List.of("GET", "GET", "GET", "GET", "HEAD", "OPTIONS", "DELETE")), address, headers);
            String what = "seed %d round %d, %s: %s %s %s%n%d %s"
                    .formatted(seed, round, scopes, address, List.of(headers), body, reply.status(), reply.body());

            String code = code(reply, what);
            assertThat(code).as(what).isNotEqualTo("internal-error");
            assertThat(reply.status())
                    .as(what)
                    .satisfiesAnyOf(
                            status -> assertThat(status).isLessThan(500),
                            status -> assertThat(code).isEqualTo("version-not-applied"));
            seen.merge(code, 1, Integer::sum);
            requireNothingHidden(reply, scopes, what);
        }
        System.out.println("RestFuzzTest saw " + seen);
        assertThat(seen).containsKeys("answered", "invalid-request", "unknown-key", "forbidden");
    }

    private static String code(Reply reply, String what) {
        if (reply.status() < 400) {
            return "answered";
        }
        if (reply.body().isEmpty()) {
            return "without a body";
        }
        assertThat(reply.header("Content-Type")).as(what).isEqualTo("application/problem+json");
        JsonNode problem = reply.json();
        assertThat(problem.path("code").asString("")).as(what).isNotEmpty();
        return problem.path("code").asString();
    }

    private String query() {
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.add(random.nextBoolean() ? any(OTHERS) : any(FIELDS) + any(TESTS) + "=" + any(VALUES));
        }
        // what a URI cannot hold is the business of tests that write to the socket
        return parts.isEmpty()
                ? ""
                : "?"
                        + String.join("&", parts)
                                .replaceAll("%(?![0-9A-F]{2})", "%25")
                                .replace("{}", "%7B%7D");
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// Restricted values and rows are told apart by how they are written.
    private static void requireNothingHidden(Reply reply, String scopes, String what) {
        if (reply.status() >= 400) {
            return;
        }
        if (!scopes.contains("support") && !scopes.contains("europe")) {
            assertThat(reply.body()).as(what).doesNotContainPattern("\"\\+\\d|,\\+\\d|@example.org");
        }
        if (scopes.equals("shop:europe")) {
            assertThat(reply.body()).as(what).doesNotContain("MIDDLE EAST");
        }
    }
}
