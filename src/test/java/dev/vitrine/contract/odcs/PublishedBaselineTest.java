package dev.vitrine.contract.odcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.DataProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds each contract to what is published of it; with `-Dvitrine.publish=true` publishes it, unless it breaks what
/// was.
class PublishedBaselineTest {

    private static final boolean PUBLISH = Boolean.getBoolean("vitrine.publish");

    @Test
    void everyContractKeepsWhatIsPublishedAndIsPublished() throws IOException {
        // throws what is broken, in words
        List<DataProduct> products = ContractsFolder.read(
                        Path.of("api-contracts"), new Environment(null, true, name -> "data"))
                .products();

        assertThat(products).isNotEmpty();
        for (DataProduct product : products) {
            Path file = product.source().resolveSibling("published.odcs.yaml");
            String contract = Files.readString(product.source());
            if (PUBLISH) {
                Files.writeString(file, contract);
            }
            assertThat(file)
                    .as("the contract is not the published one: run ./mvnw -Ppublish package")
                    .exists()
                    .content()
                    .isEqualTo(contract);
        }
    }
}
