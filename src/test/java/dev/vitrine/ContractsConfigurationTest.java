package dev.vitrine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.Problem;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class ContractsConfigurationTest {

    @TempDir
    private Path data;

    @Test
    void saysWhatIsWrongWhereAndWhatToWrite() {
        Problem problem =
                new Problem("shop.odcs.yaml", 7, "schema[0]", "the entity has no key", "Add primaryKey: true");
        ContractsInvalid cause = new ContractsInvalid(List.of(problem));

        FailureAnalysis analysis = new ContractsInvalidAnalyzer().analyze(cause, cause);

        assertThat(analysis.getDescription())
                .contains(
                        "1 problem.", "shop.odcs.yaml:7  schema[0]", "the entity has no key", "→ Add primaryKey: true");
    }

    @Test
    void brokenContractsRefuseTheStart() {
        new ApplicationContextRunner()
                .withBean(EntityStore.class, () -> EmbeddedStores.open(data))
                .withUserConfiguration(ContractsConfiguration.class)
                .withPropertyValues("vitrine.contracts=src/test/resources/contract/broken")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                ContractsInvalid.class,
                                invalid -> assertThat(invalid.problems()).hasSizeGreaterThan(50)));
    }

    @Test
    void aRelativeFolderCountsFromTheWorkingDirectory() {
        new WebApplicationContextRunner()
                .withBean(EntityStore.class, () -> EmbeddedStores.open(data))
                .withUserConfiguration(ContractsConfiguration.class)
                .withPropertyValues("vitrine.contracts=../"
                        + Path.of("").toAbsolutePath().getFileName() + "/src/test/resources/contracts/gold")
                .run(context ->
                        assertThat(context.getBean(Contracts.class).products()).hasSize(1));
    }
}
