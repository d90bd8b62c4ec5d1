package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import dev.vitrine.graphql.schema.ProductSchema;
import dev.vitrine.graphql.schema.SchemaText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds the schema that is published beside each contract to the one that is served; with `-Dvitrine.publish=true`
/// writes it.
class PublishedSchemaTest {

    private static final boolean PUBLISH = Boolean.getBoolean("vitrine.publish");

    @Test
    void theSchemaIsTheOneThatIsServed() throws IOException {
        List<DataProduct> products = ContractsFolder.read(
                        Path.of("api-contracts"), new Environment(null, true, name -> "data"))
                .products();

        assertThat(products).isNotEmpty();
        for (DataProduct product : products) {
            Path file = product.source().resolveSibling("schema.graphqls");
            String served = SchemaText.of(ProductSchema.of(product));
            if (PUBLISH) {
                Files.writeString(file, served);
            }
            assertThat(file)
                    .as("the contract's GraphQL schema is not the published one: run ./mvnw -Ppublish package")
                    .exists()
                    .content()
                    .isEqualTo(served);
        }
    }
}
