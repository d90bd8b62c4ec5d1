package dev.vitrine.contract.odcs;

import static dev.vitrine.contract.odcs.ContractFolder.PLAIN;
import static dev.vitrine.contract.odcs.ContractFolder.contract;
import static dev.vitrine.contract.odcs.ContractFolder.look;
import static dev.vitrine.contract.odcs.ContractFolder.withColumn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A contract keeps what is published of its major version.
class CompatibilityGateTest {

    private static final String PUBLISHED = contract("shop", "1.0.0");
    private static final String RENAMED = PUBLISHED.replace("{name: price,", "{name: cost, physicalName: price,");

    private final FakeStorage storage = new FakeStorage();
    private ContractFolder folder;

    @TempDir
    private Path path;

    @BeforeEach
    void publish() {
        folder = new ContractFolder(path.resolve("contracts"));
        folder.write("shop/v1/contract.odcs.yaml", PUBLISHED);
        folder.write("shop/v1/published.odcs.yaml", PUBLISHED);
    }

    @Test
    void anAdditionComesIntoForce() {
        LiveContracts contracts = folder.open(storage);

        folder.write(
                "shop/v1/contract.odcs.yaml", withColumn(PUBLISHED, "colour").replace("1.0.0", "1.1.0"));
        look(contracts);

        assertThat(contracts.refused()).isEmpty();
    }

    @Test
    void aBreakingEditIsRefusedInWordsAndWhatWasAcceptedStays() {
        LiveContracts contracts = folder.open(storage);
        DataProduct before = contracts.products().getFirst();

        folder.write("shop/v1/contract.odcs.yaml", RENAMED);
        look(contracts);

        assertThat(contracts.products()).containsExactly(before);
        assertThat(contracts.refused()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("items.price");
            assertThat(problem.message()).startsWith("renamed to cost. That breaks what is published of shop/v1");
            assertThat(problem.fix()).contains("version 2.0.0");
            assertThat(problem.file()).endsWith("contract.odcs.yaml");
        });
        assertThat(folder.open(storage).products())
                .extracting(
                        product -> product.entities().getFirst().fields().get(1).name())
                .as("after a restart too")
                .containsExactly("price");
    }

    @Test
    void withNothingAcceptedBeforeTheStartIsRefused() {
        folder.write("shop/v1/contract.odcs.yaml", RENAMED);

        assertThatThrownBy(() -> folder.open(storage))
                .isInstanceOf(ContractsInvalid.class)
                .hasMessageContaining("renamed to cost");
        assertThatThrownBy(() -> ContractsFolder.read(folder.path(), PLAIN)).isInstanceOf(ContractsInvalid.class);
    }

    @Test
    void anotherMajorMayBreakWithAllThatIsPublished() {
        folder.write("shop/v2/contract.odcs.yaml", RENAMED.replace("1.0.0", "2.0.0"));

        assertThat(folder.open(storage).products()).hasSize(2);
    }

    @Test
    void aBaselineThatIsPublishedLaterLetsTheEditIn() {
        LiveContracts contracts = folder.open(storage);
        folder.write("shop/v1/contract.odcs.yaml", RENAMED);
        look(contracts);

        folder.write("shop/v1/published.odcs.yaml", RENAMED);
        look(contracts);

        assertThat(contracts.refused()).isEmpty();
    }

    @Test
    void draftsPromiseNothing() {
        folder.write("shop/v1/published.odcs.yaml", PUBLISHED.replace("status: active", "status: draft"));
        folder.write("shop/v1/contract.odcs.yaml", RENAMED);

        assertThat(folder.open(storage).refused()).isEmpty();
    }

    @Test
    void aBaselineThatCannotBeReadIsAProblemOfItsOwn() {
        LiveContracts contracts = folder.open(storage);

        folder.write("shop/v1/published.odcs.yaml", "not a contract");
        look(contracts);

        assertThat(contracts.refused())
                .extracting(Problem::file)
                .allSatisfy(file -> assertThat(file).endsWith("published.odcs.yaml"))
                .isNotEmpty();
        assertThat(contracts.products()).hasSize(1);
    }
}
