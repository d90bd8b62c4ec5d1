package dev.vitrine.contract.odcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.DataProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractsFolderTest {

    private static final String CONTRACT = """
            apiVersion: v3.1.0
            kind: DataContract
            id: a
            name: shop
            version: 1.0.0
            status: active
            servers:
              - {server: here, type: local, format: delta, path: /gold}
            schema:
              - name: items
                physicalName: dim_item
                properties:
                  - {name: id, logicalType: integer, primaryKey: true}
                  - {name: price, logicalType: number, physicalType: "decimal(10,2)"}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void readsContractsAtAnyDepthButNoBaselinesAndNothingHidden() throws IOException {
        write("shop/v1/contract.odcs.yaml", CONTRACT);
        write("other.odcs.yaml", CONTRACT.replace("name: shop", "name: other"));
        write("shop/v1/published.odcs.yaml", CONTRACT);
        write(".git/broken.odcs.yaml", "not a contract");
        write("shop/v1/openapi.yaml", "not a contract");

        assertThat(read(false).products()).extracting(DataProduct::address).containsExactly("other/v1", "shop/v1");
    }

    @Test
    void servesDraftsOnlyWhereTheyAreWantedAndKeepsRetiredOnesWithoutTables() throws IOException {
        write("a.odcs.yaml", CONTRACT.replace("status: active", "status: draft"));
        write(
                "b.odcs.yaml",
                CONTRACT.replace("status: active", "status: retired").replace("1.0.0", "0.9.0"));

        assertThat(read(false).products()).extracting(DataProduct::major).containsExactly(0);
        assertThat(read(false).tables()).isEmpty();
        assertThat(read(true).products()).extracting(DataProduct::major).containsExactly(0, 1);
        assertThat(read(true).tables()).hasSize(1);
    }

    @Test
    void refusesAFolderThatIsMissingOrEmpty() {
        assertThatThrownBy(() -> ContractsFolder.read(folder.resolve("none"), environment(false)))
                .isInstanceOf(ContractsInvalid.class)
                .hasMessageContaining("there is no such folder")
                .hasMessageContaining("vitrine.contracts");
        assertThatThrownBy(() -> read(false))
                .isInstanceOf(ContractsInvalid.class)
                .hasMessageContaining("holds no *.odcs.yaml");
    }

    @Test
    void reportsTheProblemsOfAllFilesTogether() throws IOException {
        write("a.odcs.yaml", CONTRACT.replace("primaryKey: true", "primaryKey: false"));
        write("b.odcs.yaml", "- a");

        assertThatThrownBy(() -> read(false))
                .isInstanceOfSatisfying(
                        ContractsInvalid.class,
                        invalid -> assertThat(invalid.problems()).hasSize(2));
    }

    @Test
    void refusesTwoFilesForOneAddress() throws IOException {
        write("a.odcs.yaml", CONTRACT);
        write("b.odcs.yaml", CONTRACT.replace("1.0.0", "1.1.0"));

        assertThatThrownBy(() -> read(false))
                .hasMessageContaining("shop/v1 is described by")
                .hasMessageContaining("a.odcs.yaml");
    }

    @Test
    void refusesVersionsThatDisagreeAboutATableAndNamesBoth() throws IOException {
        write("v1.odcs.yaml", CONTRACT);
        write(
                "v2.odcs.yaml",
                CONTRACT.replace("1.0.0", "2.0.0").replace("(10,2)", "(12,2)").replace("/gold", "/gold2"));

        assertThatThrownBy(() -> read(false))
                .isInstanceOf(ContractsInvalid.class)
                .hasMessageContaining(
                        "the type of column 'price' of table dim_item is decimal(12,2) here, but decimal(10,2) in")
                .hasMessageContaining("the location of table dim_item")
                .hasMessageContaining("v1.odcs.yaml")
                .hasMessageContaining("v2.odcs.yaml");
    }

    private Contracts read(boolean drafts) {
        return ContractsFolder.read(folder, environment(drafts));
    }

    private static Environment environment(boolean drafts) {
        return new Environment(null, drafts, name -> null);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
