package dev.vitrine.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.ServiceLevel;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusRulesTest {

    private static final DataProduct SALES = ContractsFolder.read(
                    Path.of("api-contracts"), new Environment(null, true, name -> "data"))
            .product("sales", 1)
            .orElseThrow();

    @TempDir
    Path folder;

    @Test
    void prometheusUnderstandsThem() throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), PrometheusRules.of(SALES));

        Promtool.passes(folder, "check", "rules", "rules.yaml");
    }

    /// A day on which a table is held, orders fail, customers become slow, and products have nothing wrong.
    @Test
    void theRightAlertsFireAndNoOthers() throws Exception {
        Files.writeString(folder.resolve("prometheus-rules.yaml"), PrometheusRules.of(SALES));
        Path day = Path.of("src/test/resources/alerts/sales-v1.test.yaml");
        Files.copy(day, folder.resolve(day.getFileName()));

        Promtool.passes(folder, "test", "rules", day.getFileName().toString());
    }

    @Test
    void ofSeveralPromisesTheStrictestCounts() {
        List<ServiceLevel> levels = new ArrayList<>();
        levels.add(new ServiceLevel.Availability(99.5, null));
        levels.add(new ServiceLevel.ErrorRate(0.2, "orders"));
        levels.add(new ServiceLevel.Latency(Duration.ofMinutes(10), null));
        levels.add(new ServiceLevel.Latency(Duration.ofMinutes(2), "orders"));
        levels.add(new ServiceLevel.ResponseTime(Duration.ofMillis(300), 95, "customers"));

        List<Objectives> objectives = Objectives.of(with(levels));

        Objectives customers = objectives.getFirst();
        assertThat(customers.failures())
                .hasValueSatisfying(share -> assertThat(share).isEqualByComparingTo("0.005"));
        assertThat(customers.freshness()).contains(Duration.ofMinutes(10));
        assertThat(customers.responseTime().map(Objectives::slow))
                .hasValueSatisfying(share -> assertThat(share).isEqualByComparingTo("0.05"));
        Objectives orders = objectives.get(1);
        assertThat(orders.failures())
                .hasValueSatisfying(share -> assertThat(share).isEqualByComparingTo("0.002"));
        assertThat(orders.freshness()).contains(Duration.ofMinutes(2));
        assertThat(orders.responseTime()).isEmpty();
    }

    @Test
    void whatIsNotPromisedHasNoAlertButItsTableIsLookedAfter() throws Exception {
        String rules = PrometheusRules.of(with(List.of()));

        assertThat(rules)
                .doesNotContain("VitrineRequestsFail", "VitrineAnswersSlow", "VitrineDataStale", "record:")
                .contains("VitrineTableHeld", "VitrineDeadLetters", "VitrineTableUnattended");
        Files.writeString(folder.resolve("rules.yaml"), rules);
        Promtool.passes(folder, "check", "rules", "rules.yaml");
    }

    @Test
    void aPromiseWithoutAnyFailureToleratesNone() {
        assertThat(PrometheusRules.of(with(List.of(new ServiceLevel.Availability(100, null)))))
                .contains("entity=\"orders\"} > 0\n");
    }

    private static DataProduct with(List<ServiceLevel> levels) {
        return new DataProduct(
                SALES.name(),
                SALES.major(),
                SALES.version(),
                SALES.status(),
                SALES.id(),
                SALES.description(),
                SALES.location(),
                SALES.entities(),
                SALES.roles(),
                levels,
                SALES.source());
    }
}
