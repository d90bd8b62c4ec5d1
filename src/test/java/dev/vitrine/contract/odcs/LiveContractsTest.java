package dev.vitrine.contract.odcs;

import static dev.vitrine.contract.odcs.ContractFolder.contract;
import static dev.vitrine.contract.odcs.ContractFolder.look;
import static dev.vitrine.contract.odcs.ContractFolder.withColumn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is accepted of a folder that people edit, and what is refused.
class LiveContractsTest {

    private static final String SHOP = contract("shop", "1.0.0");
    private static final String SHOP2 = contract("shop", "2.0.0");
    private static final String OTHER = contract("other", "1.0.0");
    private static final String BROKEN = SHOP.replace("logicalType: integer", "logicalType: integr");

    private final FakeStorage storage = new FakeStorage();
    private ContractFolder folder;

    @TempDir
    private Path path;

    @BeforeEach
    void twoProducts() {
        folder = new ContractFolder(path.resolve("contracts"));
        folder.write("shop/v1.odcs.yaml", SHOP);
        folder.write("other.odcs.yaml", OTHER);
    }

    @Test
    void anEditComesIntoForceOnceTheFolderIsAtRest() {
        LiveContracts contracts = folder.open(storage);
        List<DataProduct> before = contracts.products();
        DataProduct other = before.getFirst();

        look(contracts);
        assertThat(contracts.products()).isSameAs(before);

        folder.write("shop/v1.odcs.yaml", SHOP.replace("1.0.0", "1.1.0"));
        contracts.look();
        assertThat(contracts.products()).as("it may be half written").isSameAs(before);
        contracts.look();

        assertThat(versions(contracts)).containsExactly("other 1.0.0", "shop 1.1.0");
        assertThat(contracts.products().getFirst())
                .as("what others prepared for it is still good")
                .isSameAs(other);
        assertThat(contracts.products()).isSameAs(contracts.products());
        assertThat(contracts.now().products()).isSameAs(contracts.products());
    }

    @Test
    void aBrokenEditIsRefusedWithAllItsProblemsAndWhatWasAcceptedStays() {
        LiveContracts contracts = folder.open(storage);
        List<DataProduct> before = contracts.products();

        folder.write("shop/v1.odcs.yaml", BROKEN.replace("version: 1.0.0", "version: one"));
        look(contracts);

        assertThat(contracts.products()).isSameAs(before);
        assertThat(contracts.refused())
                .hasSize(3)
                .allMatch(problem -> problem.file().endsWith("shop/v1.odcs.yaml"));
        assertThat(contracts.refused()).extracting(Problem::path).contains("version");

        folder.write("shop/v1.odcs.yaml", SHOP.replace("1.0.0", "1.0.1"));
        look(contracts);
        assertThat(contracts.refused()).isEmpty();
        assertThat(versions(contracts)).containsExactly("other 1.0.0", "shop 1.0.1");
    }

    @Test
    void aFileRenamedToAProductThatIsThereAlreadyLeavesBothAsTheyWere() {
        LiveContracts contracts = folder.open(storage);
        List<DataProduct> before = contracts.products();

        folder.write("shop/v1.odcs.yaml", SHOP.replace("name: shop", "name: other"));
        look(contracts);

        assertThat(contracts.products()).isSameAs(before);
        assertThat(contracts.refused()).isNotEmpty();
        folder.write("shop/v1.odcs.yaml", SHOP);
        look(contracts);
        assertThat(contracts.refused()).isEmpty();
    }

    @Test
    void aFileThatWasBrokenBeforeARestartIsServedAsItWasAccepted() {
        folder.open(storage);
        folder.write("shop/v1.odcs.yaml", BROKEN);

        LiveContracts restarted = folder.open(storage);

        assertThat(versions(restarted)).containsExactly("other 1.0.0", "shop 1.0.0");
        assertThat(restarted.refused()).isNotEmpty();
        folder.write("other.odcs.yaml", OTHER.replace("1.0.0", "1.5.0"));
        look(restarted);
        assertThat(versions(restarted)).as("the others can be edited").containsExactly("other 1.5.0", "shop 1.0.0");
        assertThat(versions(folder.open(storage))).containsExactly("other 1.5.0", "shop 1.0.0");
    }

    @Test
    void withNothingAcceptedYetAnyProblemRefusesTheStart() {
        folder.write("shop/v1.odcs.yaml", BROKEN);
        folder.write("third.odcs.yaml", "- a list");

        assertThatThrownBy(() -> folder.open(storage))
                .isInstanceOfSatisfying(
                        ContractsInvalid.class,
                        invalid -> assertThat(invalid.problems()).hasSize(3));
        assertThat(storage.writes()).isZero();
    }

    @Test
    void whereNothingOfWhatWasAcceptedCanBeReadAnyMoreTheStartIsRefused() {
        folder.remove("other.odcs.yaml");
        folder.write("shop/v1.odcs.yaml", SHOP.replace("/gold", "\"${lake}\""));
        LiveContracts.open(
                folder.path(), new Environment(null, false, name -> "/lake"), storage, InstantSource.system());

        assertThatThrownBy(() -> folder.open(storage))
                .isInstanceOf(ContractsInvalid.class)
                .hasMessageContaining("nobody says what ${lake} is");
    }

    @Test
    void aNewFileThatIsBrokenHarmsNobodyElse() {
        LiveContracts contracts = folder.open(storage);

        folder.write("third.odcs.yaml", "- a list");
        folder.write("fourth.odcs.yaml", contract("fourth", "1.0.0"));
        folder.write("shop/v1.odcs.yaml", SHOP.replace("1.0.0", "1.1.0"));
        look(contracts);

        assertThat(versions(contracts)).containsExactly("fourth 1.0.0", "other 1.0.0", "shop 1.1.0");
        assertThat(contracts.refused()).hasSize(1);
    }

    @Test
    void filesThatDoNotGoTogetherAreRefusedTogetherAndNoOthers() {
        folder.write("shop/v2.odcs.yaml", SHOP2);
        LiveContracts contracts = folder.open(storage);

        folder.write("shop/v1.odcs.yaml", SHOP.replace("1.0.0", "1.1.0"));
        folder.write("shop/v2.odcs.yaml", SHOP2.replace("2.0.0", "2.1.0").replace("(10,2)", "(12,2)"));
        folder.write("other.odcs.yaml", OTHER.replace("1.0.0", "1.1.0"));
        look(contracts);

        assertThat(versions(contracts)).containsExactly("other 1.1.0", "shop 1.0.0", "shop 2.0.0");
        assertThat(contracts.refused()).hasSize(1);
        assertThat(contracts.refused().getFirst().message()).contains("decimal(12,2) here, but decimal(10,2)");
    }

    @Test
    void aSecondFileForAVersionIsRefusedAndTheFirstStaysEvenIfItIsGone() {
        LiveContracts contracts = folder.open(storage);

        folder.write("a.odcs.yaml", SHOP.replace("1.0.0", "1.1.0"));
        look(contracts);
        assertThat(versions(contracts)).containsExactly("other 1.0.0", "shop 1.0.0");
        assertThat(contracts.refused().getFirst().message()).contains("shop/v1 is described by");

        folder.remove("shop/v1.odcs.yaml");
        look(contracts);
        assertThat(versions(contracts)).as("it was renamed").containsExactly("other 1.0.0", "shop 1.1.0");
        assertThat(contracts.refused()).isEmpty();
    }

    @Test
    void aRemovedFileWithdrawsItsVersionAlone() {
        folder.write("shop/v2.odcs.yaml", SHOP2);
        LiveContracts contracts = folder.open(storage);

        folder.remove("shop/v1.odcs.yaml");
        look(contracts);
        assertThat(versions(contracts)).containsExactly("other 1.0.0", "shop 2.0.0");

        folder.remove("shop/v2.odcs.yaml");
        look(contracts);
        assertThat(versions(contracts)).containsExactly("other 1.0.0");
        assertThat(contracts.tables()).hasSize(2);
        assertThat(contracts.wanted()).hasSize(2);
        assertThat(versions(folder.open(storage))).containsExactly("other 1.0.0");
    }

    @Test
    void aFolderThatIsGoneOrEmptyChangesNothing() throws IOException {
        LiveContracts contracts = folder.open(storage);
        List<DataProduct> before = contracts.products();

        Files.move(folder.path(), path.resolve("away"));
        look(contracts);
        assertThat(contracts.products()).isSameAs(before);
        assertThat(contracts.refused()).extracting(Problem::message).containsExactly("there is no such folder");
        assertThat(versions(folder.open(storage))).containsExactly("other 1.0.0", "shop 1.0.0");

        Files.createDirectory(folder.path());
        look(contracts);
        assertThat(contracts.products()).isSameAs(before);
        assertThat(contracts.refused())
                .extracting(Problem::message)
                .containsExactly("the folder holds no *.odcs.yaml file");

        Files.delete(folder.path());
        Files.move(path.resolve("away"), folder.path());
        look(contracts);
        assertThat(contracts.products()).isSameAs(before);
        assertThat(contracts.refused()).isEmpty();
    }

    @Test
    void whatIsNotNamedMayBeNamedWhileAContractCannotBeReadOrTheFolderIsBeingEdited() throws IOException {
        LiveContracts contracts = folder.open(storage);
        look(contracts);
        assertThat(contracts.complete()).isTrue();

        folder.write("shop/v1.odcs.yaml", BROKEN);
        contracts.look();
        assertThat(contracts.complete()).as("half read").isFalse();
        contracts.look();
        assertThat(contracts.complete()).as("broken").isFalse();
        assertThat(folder.open(storage).complete()).as("broken at a restart").isFalse();

        folder.remove("shop/v1.odcs.yaml");
        look(contracts);
        assertThat(contracts.complete()).as("withdrawn").isTrue();

        folder.remove("other.odcs.yaml");
        look(contracts);
        assertThat(contracts.complete()).as("all gone").isFalse();
    }

    @Test
    void aLinkThatLeadsNowhereIsABrokenFile() throws IOException {
        LiveContracts contracts = folder.open(storage);

        folder.remove("other.odcs.yaml");
        Files.createSymbolicLink(folder.path().resolve("other.odcs.yaml"), Path.of("nowhere"));
        look(contracts);

        assertThat(versions(contracts)).containsExactly("other 1.0.0", "shop 1.0.0");
        assertThat(contracts.refused())
                .extracting(Problem::message)
                .first()
                .asString()
                .contains("cannot be read");
    }

    /// The way the kubelet updates the volume of a ConfigMap.
    @Test
    void aConfigMapIsFollowed() throws IOException {
        Path volume = Files.createDirectory(path.resolve("volume"));
        Path data = Files.createDirectory(volume.resolve("..2026_01"));
        Files.writeString(data.resolve("shop.odcs.yaml"), SHOP);
        Files.createSymbolicLink(volume.resolve("..data"), Path.of("..2026_01"));
        Files.createSymbolicLink(volume.resolve("shop.odcs.yaml"), Path.of("..data/shop.odcs.yaml"));
        LiveContracts contracts = new ContractFolder(volume).open(storage);

        Path next = Files.createDirectory(volume.resolve("..2026_02"));
        Files.writeString(next.resolve("shop.odcs.yaml"), SHOP.replace("1.0.0", "1.1.0"));
        Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of("..2026_02"));
        Files.move(volume.resolve("..data_tmp"), volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        look(contracts);

        assertThat(versions(contracts)).containsExactly("shop 1.1.0");
        assertThat(contracts.refused()).isEmpty();
    }

    @Test
    void aStoreThatFailsLeavesEverythingAsItWas() {
        LiveContracts contracts = folder.open(storage);
        List<DataProduct> before = contracts.products();
        folder.write("shop/v1.odcs.yaml", withColumn(SHOP, "colour"));
        storage.fails = true;

        assertThatThrownBy(() -> look(contracts)).hasMessageContaining("the store is away");
        assertThat(contracts.products()).isSameAs(before);
        assertThat(contracts.wanted()).isEqualTo(contracts.tables());

        storage.fails = false;
        contracts.look();
        assertThat(contracts.products()).isNotSameAs(before);
    }

    @Test
    void nothingIsWrittenWhileNothingChanges() {
        LiveContracts contracts = folder.open(storage);
        folder.open(storage);
        look(contracts);
        contracts.settle();

        assertThat(storage.writes()).isEqualTo(1);
    }

    private static Stream<String> versions(Contracts contracts) {
        return contracts.products().stream().map(product -> product.name() + " " + product.version());
    }
}
