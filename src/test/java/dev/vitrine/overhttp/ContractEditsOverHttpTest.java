package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Contracts that are edited while the service runs.
class ContractEditsOverHttpTest extends OverHttp {

    private static final long ROWS = 3_000;
    private static final String LIVE = """
            apiVersion: v3.1.0
            kind: DataContract
            id: live
            name: live
            version: 1.0.0
            status: active
            servers:
              - {server: files, type: local, format: delta, path: "%s"}
            schema:
              - name: items
                physicalName: items
                properties:
                  - {name: id, logicalType: integer, primaryKey: true, required: true}
                  - {name: price, logicalType: integer}
                  - {name: name, logicalType: string}
              - name: shops
                physicalName: shops
                properties:
                  - {name: id, logicalType: integer, primaryKey: true, required: true}
            roles:
              - {role: live:read, access: read}
            slaProperties:
              - {property: latency, value: 0.5, unit: s}
            """.formatted(LAKEHOUSE.resolve("live"));
    private static final String ITEM = "/api/live/v1/items/7";

    private final String token = TOKENS.with("live:read");

    @BeforeEach
    void aProductIsAdded() throws Exception {
        Path tables = LAKEHOUSE.resolve("live");
        if (!Files.exists(tables)) {
            DeltaWriter.create(
                            tables.resolve("items"),
                            "id bigint not null, price bigint, name string, colour string",
                            List.of("id"))
                    .commit(Changes.inserting(LongStream.range(0, ROWS)
                            .mapToObj(id -> Row.of("id", id, "price", id * 2, "name", "n" + id, "colour", "c" + id % 3))
                            .toList()));
            DeltaWriter.create(tables.resolve("shops"), "id bigint not null, town string", List.of("id"))
                    .commit(Changes.inserting(List.of(Row.of("id", 1L, "town", "Delft"))));
        }
        get(token, ITEM).isProblem(404, "unknown-product");
        write("live/v1.odcs.yaml", LIVE);
        until(reply -> reply.status() == 200, token, ITEM);
        until(reply -> reply.status() == 200, token, "/api/live/v1/shops/1");
    }

    @AfterEach
    void andWithdrawn() throws Exception {
        Files.deleteIfExists(CONTRACTS.resolve("live/v1.odcs.yaml"));
        Files.deleteIfExists(CONTRACTS.resolve("live/v2.odcs.yaml"));
        until(reply -> reply.status() == 404, token, ITEM).isProblem(404, "unknown-product");
    }

    @Test
    void whatNeedsNoLoadIsThereAtOnce() throws Exception {
        write("live/v1.odcs.yaml", LIVE.replace("{name: price", "{name: price, description: In whole euros"));
        until(reply -> reply.body().contains("In whole euros"), "", "/api/live/v1/openapi.json");
        assertThat(get(token, ITEM).entity()).containsOnlyKeys("id", "price", "name");

        write(
                "live/v2.odcs.yaml",
                LIVE.replace("1.0.0", "2.0.0").replace("name: name", "name: title, physicalName: name"));
        assertThat(until(reply -> reply.status() != 404, token, "/api/live/v2/items/7")
                        .entity())
                .containsOnlyKeys("id", "price", "title")
                .containsEntry("title", "n7");
        assertThat(get("", "/v3/api-docs/swagger-config").body()).contains("/api/live/v2/openapi.json");

        Files.delete(CONTRACTS.resolve("live/v2.odcs.yaml"));
        until(reply -> reply.status() == 404, token, "/api/live/v2/items/7").isProblem(404, "unknown-version");
        assertThat(get(token, ITEM).status()).isEqualTo(200);
    }

    /// The new generations hold neither the old name nor the old filter, and they are not ready at the same moment.
    @Test
    void theOldFormIsServedUntilTheTablesAreLoadedForTheNewOne() throws Exception {
        get(token, "/api/live/v1/items?price=14").isProblem(400, "invalid-request");

        write(
                "live/v1.odcs.yaml",
                LIVE.replace("- {name: name, logicalType: string}", "- {name: colour, logicalType: string}")
                        .replace(
                                "price, logicalType: integer",
                                "price, logicalType: integer, customProperties: [{property: filterable, value: true}]")
                        .replace("roles:", "      - {name: town, logicalType: string}\nroles:"));

        List<String> shapes = new ArrayList<>();
        String items = "";
        String shops = "";
        while (!items.contains("colour") || !shops.contains("town")) {
            items = String.join(",", get(token, ITEM).entity().keySet());
            shops = String.join(",", get(token, "/api/live/v1/shops/1").entity().keySet());
            assertThat(get(token, "/api/live/v1/items?limit=2").items()).hasSize(2);
            if (shapes.isEmpty() || !shapes.getLast().equals(items)) {
                shapes.add(items);
            }
        }
        assertThat(shapes).containsExactly("id,price,name", "id,price,colour");
        assertThat(get(token, ITEM).entity()).containsEntry("colour", "c1");
        assertThat(get(token, "/api/live/v1/shops/1").entity()).containsEntry("town", "Delft");
        assertThat(until(reply -> reply.status() == 200, token, "/api/live/v1/items?price=14")
                        .items())
                .hasSize(1);
    }

    @Test
    void aBrokenEditIsRefusedAndSeen() throws Exception {
        String operator = TOKENS.with("vitrine:operate");
        write("live/v1.odcs.yaml", LIVE.replace("primaryKey: true", "primaryKey: yes"));

        Reply health = until(
                reply -> reply.json()
                        .at("/components/contracts/status")
                        .asString()
                        .equals("DEGRADED"),
                operator,
                "/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().at("/components/contracts/details/refused").valueStream())
                .isNotEmpty()
                .allSatisfy(problem -> {
                    assertThat(problem.path("file").asString()).endsWith("live/v1.odcs.yaml");
                    assertThat(problem.path("fix").asString()).isNotEmpty();
                });
        assertThat(get("", "/actuator/health").body()).doesNotContain("v1.odcs.yaml");
        assertThat(get(TOKENS.with("vitrine:metrics"), "/actuator/prometheus").body())
                .contains("vitrine_contracts_refused 1.0");
        assertThat(get(token, ITEM).entity()).containsOnlyKeys("id", "price", "name");

        write("live/v1.odcs.yaml", LIVE);
        until(
                reply -> reply.json()
                        .at("/components/contracts/status")
                        .asString()
                        .equals("UP"),
                operator,
                "/actuator/health");
        assertThat(get(token, ITEM).status()).isEqualTo(200);
    }

    private static void write(String name, String text) throws IOException {
        Path file = CONTRACTS.resolve(name);
        Files.createDirectories(file.getParent());
        Path draft = Files.writeString(file.resolveSibling("draft"), text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
