package dev.vitrine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import dev.vitrine.sla.LevelReport;
import dev.vitrine.sla.LevelReport.EntityLevels;
import dev.vitrine.sla.LevelReport.Kind;
import dev.vitrine.sla.LevelReport.ObjectiveLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class KeptLevelsTest {

    private static final DataProduct SHOP = ContractsFolder.read(
                    Path.of("src/test/resources/graphql"), new Environment(null, false, name -> null))
            .products()
            .getFirst();

    @Test
    void figuresHaveNoNoiseOfBinaryFractions() {
        ObjectiveLevel level = new ObjectiveLevel(
                Kind.RESPONSE_TIME,
                Duration.ofMillis(50),
                true,
                0.01,
                1000,
                3,
                1 - 0.3 / 3 * 7,
                0.1 + 0.2,
                Map.of("5m", 0.1 + 0.7));

        String json = JsonMapper.shared()
                .writeValueAsString(KeptLevels.of(new LevelReport(
                        SHOP, Instant.EPOCH, List.of(new EntityLevels("a", "shop/a", List.of(level), List.of())))));

        assertThat(json)
                .contains("\"all\":1000.0", "\"budgetLeft\":0.3,", "\"now\":0.3,", "\"burnRates\":{\"5m\":0.8}");
    }

    @Test
    void tooLittleToTellBreaksNoPromise() {
        ObjectiveLevel level =
                new ObjectiveLevel(Kind.RESPONSE_TIME, Duration.ofMillis(50), false, 0.01, 10, 1, -9, 0.08, Map.of());

        String json = JsonMapper.shared()
                .writeValueAsString(KeptLevels.of(new LevelReport(
                        SHOP, Instant.EPOCH, List.of(new EntityLevels("a", "shop/a", List.of(level), List.of())))));

        assertThat(json).contains("\"budgetLeft\":-9.0,\"met\":true,\"enoughData\":false");
    }
}
