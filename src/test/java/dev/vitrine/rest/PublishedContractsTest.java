package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import dev.vitrine.rest.RestTestApplication.ChosenContracts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Holds what is published beside each contract to what is served; with `-Dvitrine.publish=true` writes it.
@RestTest
class PublishedContractsTest {

    private static final boolean PUBLISH = Boolean.getBoolean("vitrine.publish");

    private final ChosenContracts contracts;
    private final Client anybody;

    PublishedContractsTest(@Autowired ChosenContracts contracts, @LocalServerPort int port) {
        this.contracts = contracts;
        this.anybody = new Client(port, "");
    }

    @AfterEach
    void asInTheBeginning() {
        contracts.products = SampleProducts.ALL;
    }

    @Test
    void theOpenApiDocumentIsTheOneThatIsServed() throws IOException {
        List<DataProduct> products = ContractsFolder.read(
                        Path.of("api-contracts"), new Environment(null, true, name -> "data"))
                .products();
        contracts.products = products;

        assertThat(products).isNotEmpty();
        for (DataProduct product : products) {
            Path file = product.source().resolveSibling("openapi.yaml");
            String served =
                    anybody.get("/api/" + product.address() + "/openapi.yaml").body();
            if (PUBLISH) {
                Files.writeString(file, served);
            }
            assertThat(file)
                    .as("the contract's OpenAPI document is not the published one: run ./mvnw -Ppublish package")
                    .exists()
                    .content()
                    .isEqualTo(served);
        }
    }
}
