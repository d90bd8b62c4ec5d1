package dev.vitrine.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GrafanaDashboardTest {

    private static final DataProduct SALES = ContractsFolder.read(
                    Path.of("api-contracts"), new Environment(null, true, name -> "data"))
            .product("sales", 1)
            .orElseThrow();

    private final JsonNode dashboard = new JsonMapper().readTree(GrafanaDashboard.of(SALES));

    @TempDir
    Path folder;

    @Test
    void everyPanelHasItsOwnPlaceAndNumber() {
        Set<Integer> numbers = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(numbers.add(panel.path("id").asInt())).isTrue();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(taken.add((place.path("x").asInt() + x) + " "
                                    + (place.path("y").asInt() + y)))
                            .as("%s overlaps another", panel.path("title"))
                            .isTrue();
                }
            }
        }
        assertThat(numbers).hasSizeGreaterThan(12);
    }

    @Test
    void showsTheLimitsOfTheContract() {
        List<JsonNode> behind = panels("Behind its table");
        assertThat(behind).hasSize(SALES.entities().size());
        assertThat(behind.getFirst()
                        .at("/fieldConfig/defaults/thresholds/steps/1/value")
                        .asDouble())
                .isEqualTo(5);
        assertThat(panels("Single reads, p99")
                        .getFirst()
                        .at("/fieldConfig/defaults/thresholds/steps/1/value")
                        .asDouble())
                .isEqualTo(0.05);
        assertThat(panels("Budget of errors left, 30 days"))
                .hasSize(SALES.entities().size());
    }

    /// As rules, so that Prometheus itself reads the queries.
    @Test
    void prometheusUnderstandsEveryQuery() throws Exception {
        List<Map<String, String>> rules = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String query = target.path("expr").asString().replace("$__rate_interval", "5m");
                rules.add(Map.of("record", "panel:query" + rules.size(), "expr", query));
            }
        }
        assertThat(rules).hasSizeGreaterThan(12);
        Files.writeString(
                folder.resolve("queries.yaml"),
                new Yaml().dump(Map.of("groups", List.of(Map.of("name", "queries", "rules", rules)))));

        Promtool.passes(folder, "check", "rules", "queries.yaml");
    }

    private List<JsonNode> panels(String title) {
        return dashboard
                .path("panels")
                .valueStream()
                .filter(panel -> panel.path("title").asString().equals(title))
                .toList();
    }
}
