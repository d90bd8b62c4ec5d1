package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What callers who ask wrongly are told.
class RefusalsOverHttpTest extends OverHttp {

    private static final String CUSTOMERS = "/api/shop/v1/customers";

    private final String token = TOKENS.with("gaps:read");

    /// A table of our own, so that this needs nobody else's.
    @BeforeEach
    void aTableIsServed() throws Exception {
        Path table = LAKEHOUSE.resolve("gaps/plain");
        if (!Files.exists(table)) {
            DeltaWriter.create(table, "id bigint not null, price decimal(12,2), day date, flag boolean", List.of("id"))
                    .commit(Changes.inserting(LongStream.range(0, 30)
                            .mapToObj(id -> Row.of("id", id))
                            .toList()));
        }
        until(reply -> reply.status() == 200, token, "/api/gaps/v1/plain/1");
    }

    @Test
    void withoutAGoodTokenNothingIsSaid() throws Exception {
        Reply none = get("", CUSTOMERS).isProblem(401, "unauthenticated");
        assertThat(none.header("WWW-Authenticate")).startsWith("Bearer");
        get("", "/api/no-such-product/v1/things").isProblem(401, "unauthenticated");
        get("rubbish", CUSTOMERS).isProblem(401, "unauthenticated");
        get(new Tokens().with("shop:read"), CUSTOMERS).isProblem(401, "unauthenticated");
        get(TOKENS.with("shop:read", Instant.now().minusSeconds(3600)), CUSTOMERS)
                .isProblem(401, "unauthenticated");
    }

    @Test
    void aTokenForSomethingElseOpensNothing() {
        for (String scopes : List.of("", "covid:read", "shop", "shop:read2", "vitrine:operate")) {
            get(TOKENS.with(scopes), CUSTOMERS).isProblem(403, "forbidden");
            get(TOKENS.with(scopes), CUSTOMERS + "/1").isProblem(403, "forbidden");
        }
        get(token, "/actuator/sync").isProblem(403, "forbidden");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/no-such-product/v1/plain, unknown-product",
        "/api/gaps/v2/plain, unknown-version",
        "/api/gaps/1/plain, unknown-version",
        "/api/gaps/v1/Plain, unknown-entity",
        "/api/gaps/v1/plain/99, unknown-key",
        "/api/gaps/v1/plain/abc, unknown-key",
        "/api/gaps/v1/plain/1.5, unknown-key",
        "/api/gaps/v1/plain/99999999999999999999, unknown-key",
        "/api/gaps/v1/plain/1/2, unknown-relation",
        "/api/gaps/v1/plain/1/2/3, unknown-address",
        "/api/gaps, unknown-address"
    })
    void whatIsNotThereIsNamed(String address, String code) {
        get(token, address).isProblem(404, code);
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        get(
                        token,
                        "/api/gaps/v1/plain?colour=red&limit=0&id.gt=x&price=1,5&day.gte=31.1.2026&flag=maybe"
                                + "&sort=colour&fields=colour&id.like=1&id.startsWith=1")
                .isProblem(400, "invalid-request")
                .naming(
                        "colour",
                        "limit",
                        "id.gt",
                        "price",
                        "day.gte",
                        "flag",
                        "sort",
                        "fields",
                        "id.like",
                        "id.startsWith");
        get(token, "/api/gaps/v1/plain/1?colour=red&limit=1")
                .isProblem(400, "invalid-request")
                .naming("colour", "limit");
    }

    @Test
    void aFieldThatIsNotFilterableIsRefusedWithThoseThatAre() {
        Reply refused = get(token, "/api/gaps/v1/plain?note=x")
                .isProblem(400, "invalid-request")
                .naming("note");
        assertThat(refused.body()).contains("filterable are").contains("price");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAA", "%00", "1", "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"})
    void aMadeUpCursorIsRefused(String cursor) {
        get(token, "/api/gaps/v1/plain?cursor=" + cursor)
                .isProblem(400, "invalid-request")
                .naming("cursor");
    }

    @Test
    void aCursorOpensOnlyTheQueryItCameFrom() {
        String cursor = get(token, "/api/gaps/v1/plain?limit=3&id.gte=5").nextCursor();

        assertThat(get(token, "/api/gaps/v1/plain?limit=3&id.gte=5&cursor=" + cursor)
                        .items())
                .extracting(item -> item.get("id"))
                .containsExactly(8, 9, 10);
        get(token, "/api/gaps/v1/plain?limit=3&id.gte=4&cursor=" + cursor)
                .isProblem(400, "invalid-request")
                .naming("cursor");
        get(token, "/api/gaps/v1/plain?limit=3&cursor=" + cursor)
                .isProblem(400, "invalid-request")
                .naming("cursor");
    }
}
