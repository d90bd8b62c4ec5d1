package dev.vitrine.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the rules and the dashboard beside each contract to what is made of it; with `-Dvitrine.publish=true` writes
/// them.
class PublishedMonitoringTest {

    private static final boolean PUBLISH = Boolean.getBoolean("vitrine.publish");

    static Stream<DataProduct> products() {
        return ContractsFolder.read(Path.of("api-contracts"), new Environment(null, true, name -> "data"))
                .products()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("products")
    void theRulesAndTheDashboardAreThoseOfTheContract(DataProduct product) throws IOException {
        published(product, "prometheus-rules.yaml", PrometheusRules.of(product));
        published(product, "grafana-dashboard.json", GrafanaDashboard.of(product));
    }

    private static void published(DataProduct product, String name, String made) throws IOException {
        Path file = product.source().resolveSibling(name);
        if (PUBLISH) {
            Files.writeString(file, made);
        }
        assertThat(file)
                .as("%s is not what the contract says: run ./mvnw -Ppublish package", file)
                .exists()
                .content()
                .isEqualTo(made);
    }
}
