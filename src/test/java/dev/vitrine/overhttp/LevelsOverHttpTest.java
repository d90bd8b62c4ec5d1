package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import dev.vitrine.rest.Browser;
import dev.vitrine.rest.Browser.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A product whose promises are measured while a table is held.
class LevelsOverHttpTest extends OverHttp {

    private static final String CONTRACT = """
            apiVersion: v3.1.0
            kind: DataContract
            id: watched
            name: watched
            version: 1.0.0
            status: active
            servers:
              - {server: files, type: local, format: delta, path: "%s"}
            schema:
              - name: items
                physicalName: items
                properties:
                  - {name: id, logicalType: integer, primaryKey: true, required: true}
                  - {name: name, logicalType: string}
            roles:
              - {role: watched:read, access: read}
            slaProperties:
              - {property: latency, value: 0.5, unit: s}
              - {property: availability, value: 99.9, unit: percent}
              - {property: responseTime, value: 2, unit: s}
            """.formatted(LAKEHOUSE.resolve("watched"));
    private static final String LEVELS = "/catalog/products/watched/v1/service-levels";
    private static final String STATUS = "/status/watched";
    private static final int ROWS = 200;

    private final String token = TOKENS.with("watched:read");

    @BeforeEach
    void aProductIsAddedWhoseTableIsHeld() throws Exception {
        List<Row> rows = LongStream.range(0, ROWS)
                .mapToObj(id -> Row.of("id", id, "name", "n" + id))
                .toList();
        DeltaWriter table = DeltaWriter.create(
                LAKEHOUSE.resolve("watched/items"), "id bigint not null, name string", List.of("id"));
        table.commit(Changes.inserting(rows));
        Path file = CONTRACTS.resolve("watched/v1.odcs.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, CONTRACT);
        until(
                reply -> reply.json().at("/entities/0/table/state").asString().equals("following"),
                token,
                "/catalog/products/watched/v1");
        for (int id = 0; id < 30; id++) {
            get(token, "/api/watched/v1/items/" + id);
        }
        assertThat(post(token, "/api/watched/v1/graphql", "{\"query\": \"{ items(first: 1) { totalCount } }\"}")
                        .body())
                .contains("\"totalCount\":200");
        get(token, "/api/watched/v1/items/7?nonsense=1").isProblem(400, "invalid-request");
        table.commit(new Changes(
                List.of(),
                List.of(),
                LongStream.range(0, ROWS - 1).mapToObj(id -> Row.of("id", id)).toList()));
    }

    @AfterEach
    void andWithdrawn() throws Exception {
        Files.delete(CONTRACTS.resolve("watched/v1.odcs.yaml"));
        until(reply -> reply.status() == 404, token, "/api/watched/v1/items/7");
    }

    @Test
    void promisesAreHeldAgainstWhatReadersWereServed() throws Exception {
        JsonNode levels = until(
                        reply -> objective(reply.json(), 0).path("all").asInt() == 31
                                && objective(reply.json(), 2).path("bad").asDouble() > 1,
                        token,
                        LEVELS)
                .json();

        assertThat(levels.at("/entities/0/table").asString()).isEqualTo("watched/items");
        JsonNode availability = objective(levels, 0);
        assertThat(availability.path("objective").asString()).isEqualTo("availability");
        assertThat(availability.path("allowed").asDouble()).isEqualTo(0.001);
        assertThat(availability.path("bad").asInt())
                .as("what the caller did wrong does not count")
                .isZero();
        assertThat(availability.path("budgetLeft").asDouble()).isEqualTo(1);
        assertThat(availability.path("enoughData").asBoolean()).isFalse();
        assertThat(objective(levels, 1).path("all").asInt())
                .as("the one that was refused too, but not GraphQL that reads more than one key")
                .isEqualTo(31);
        assertThat(objective(levels, 1).path("limit").asString()).isEqualTo("PT2S");
        JsonNode freshness = objective(levels, 2);
        assertThat(freshness.path("now").asDouble()).as("held").isGreaterThan(0.5);
        assertThat(freshness.path("burnRates").propertyNames())
                .containsExactly("5m", "30m", "1h", "2h", "6h", "24h", "3d");
        assertThat(freshness.at("/burnRates/5m").asDouble()).isPositive();
        assertThat(levels.at("/entities/0/incidents/0/objective").asString()).isEqualTo("freshness");
        assertThat(get(TOKENS.with("vitrine:metrics"), "/actuator/prometheus").body())
                .containsPattern("vitrine_freshness_seconds\\{.*table=\"watched/items\".*} [1-9]|0\\.[5-9]");
        assertThat(get("", LEVELS).status()).isEqualTo(401);
        get(token, "/catalog/products/watched/v7/service-levels").isProblem(404, "unknown-version");

        peopleSeeIt();
    }

    private void peopleSeeIt() throws Exception {
        Reply page = get("", STATUS);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.body())
                .contains(
                        "99.9 % of requests are answered",
                        "at most 500 ms behind", "goes on", "<svg", "not enough data")
                .doesNotContain("<script", LAKEHOUSE.toString());
        get("", "/status/nothing").isProblem(404, "unknown-product");

        Optional<Path> chromium = Browser.executable();
        assumeTrue(chromium.isPresent(), "needs Chromium on the path");
        try (Browser browser = Browser.start(chromium.get())) {
            Page phone = browser.open(address(STATUS));
            phone.phone();
            phone.until("document.readyState == 'complete' && document.querySelectorAll('svg').length == 2");
            assertThat(phone.evaluate("document.documentElement.scrollWidth").asInt())
                    .as("nothing has to be moved sideways")
                    .isEqualTo(360);
            assertThat(phone.evaluate(
                                    "Math.min(...[...document.querySelectorAll('svg')].map(plot => plot.clientHeight))")
                            .asInt())
                    .isGreaterThan(40);
            assertThat(phone.evaluate("getComputedStyle(document.querySelector('.line')).strokeWidth")
                            .asString())
                    .as("its style is allowed")
                    .isEqualTo("2px");
            phone.screenshot(Path.of("target", "status-on-a-phone.png"));
        }
    }

    private static JsonNode objective(JsonNode levels, int index) {
        return levels.at("/entities/0/objectives/" + index);
    }
}
