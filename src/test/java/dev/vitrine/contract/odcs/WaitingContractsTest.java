package dev.vitrine.contract.odcs;

import static dev.vitrine.contract.odcs.ContractFolder.contract;
import static dev.vitrine.contract.odcs.ContractFolder.look;
import static dev.vitrine.contract.odcs.ContractFolder.withColumn;
import static dev.vitrine.contract.odcs.ContractFolder.withShopColumn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.GoldTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Edits that ask for more than is stored: what is in force meanwhile, and when they come into force.
class WaitingContractsTest {

    private static final String SHOP = contract("shop", "1.0.0");
    private static final String COLOURED = withColumn(SHOP, "colour").replace("1.0.0", "1.1.0");
    private static final String SIZED = withColumn(SHOP, "size").replace("1.0.0", "1.2.0");

    private final FakeStorage storage = new FakeStorage();
    private ContractFolder folder;

    @TempDir
    private Path path;

    @BeforeEach
    void aProductThatIsLoaded() {
        folder = new ContractFolder(path);
        folder.write("shop.odcs.yaml", SHOP);
        storage.load(folder.open(storage));
    }

    @Test
    void anEditThatTheStoreCoversComesIntoForceAtOnce() {
        LiveContracts contracts = folder.open(storage);

        edit(
                contracts,
                SHOP.replace("      - {name: price", "      - {name: price, description: In euros")
                        .replace("1.0.0", "1.0.1"));
        assertThat(version(contracts)).isEqualTo("1.0.1");

        edit(contracts, SHOP.replace("role: reader", "role: other").replace("1.0.0", "1.0.2"));
        assertThat(version(contracts)).isEqualTo("1.0.2");
        assertThat(contracts.waiting()).isEmpty();
    }

    @Test
    void anEditThatAsksForAColumnWaitsUntilItIsLoaded() {
        LiveContracts contracts = folder.open(storage);
        List<DataProduct> before = contracts.products();

        edit(contracts, COLOURED);
        assertThat(contracts.products()).isSameAs(before);
        assertThat(columns(contracts.tables())).containsExactly("id", "price");
        assertThat(columns(contracts.wanted())).containsExactly("id", "colour", "price");
        assertThat(contracts.waiting()).containsExactly("shop");
        contracts.settle();
        assertThat(contracts.products()).isSameAs(before);

        storage.load(contracts);
        contracts.settle();
        assertThat(version(contracts)).isEqualTo("1.1.0");
        assertThat(contracts.tables()).isEqualTo(contracts.wanted());
        assertThat(contracts.waiting()).isEmpty();
    }

    @Test
    void aFieldThatBecomesFilterableWaitsForItsIndex() {
        LiveContracts contracts = folder.open(storage);

        edit(
                contracts,
                SHOP.replace(
                        "\"decimal(10,2)\"",
                        "\"decimal(10,2)\", customProperties: [{property: filterable, value: true}]"));

        assertThat(contracts.waiting()).containsExactly("shop");
        storage.load(contracts);
        contracts.settle();
        assertThat(contracts.waiting()).isEmpty();
    }

    @Test
    void theOldFormIsServedAfterARestartInTheMiddle() {
        edit(folder.open(storage), COLOURED);

        LiveContracts restarted = folder.open(storage);
        assertThat(version(restarted)).isEqualTo("1.0.0");
        assertThat(columns(restarted.wanted())).contains("colour");

        folder.write("shop.odcs.yaml", "broken");
        LiveContracts again = folder.open(storage);
        assertThat(version(again)).isEqualTo("1.0.0");
        assertThat(columns(again.wanted())).contains("colour");

        storage.load(again);
        assertThat(version(folder.open(storage))).isEqualTo("1.1.0");
    }

    @Test
    void anEditMadeWhileTheProcessWasDownWaitsToo() {
        folder.write("shop.odcs.yaml", COLOURED);

        assertThat(version(folder.open(storage))).isEqualTo("1.0.0");
    }

    @Test
    void aBrokenTableRefusesNoStart() {
        folder.write("shop.odcs.yaml", COLOURED);
        storage.tellsNothing = true;

        LiveContracts contracts = folder.open(storage);

        assertThat(version(contracts)).isEqualTo("1.0.0");
        assertThatThrownBy(contracts::settle).hasMessageContaining("the table is broken");
        storage.tellsNothing = false;
        storage.load(contracts);
        contracts.settle();
        assertThat(version(contracts)).isEqualTo("1.1.0");
    }

    @Test
    void aNewProductAndANewTableComeIntoForceAtOnce() {
        LiveContracts contracts = folder.open(storage);

        folder.write("other.odcs.yaml", contract("other", "1.0.0"));
        edit(contracts, SHOP.replace("roles:", """
                  - name: visits
                    physicalName: visit
                    properties:
                      - {name: id, logicalType: integer, primaryKey: true}
                roles:"""));

        assertThat(contracts.products()).hasSize(2);
        assertThat(product(contracts).entity("visits")).isPresent();
        assertThat(contracts.waiting()).isEmpty();
    }

    @Test
    void aTableThatWasNeverLoadedKeepsNoEditWaiting() {
        LiveContracts contracts = folder.open(new FakeStorage());

        edit(contracts, COLOURED);

        assertThat(version(contracts)).isEqualTo("1.1.0");
    }

    @Test
    void theNewestFormThatIsReadyCounts() {
        LiveContracts contracts = folder.open(storage);

        edit(contracts, COLOURED);
        GoldTable coloured = items(contracts.wanted());
        edit(contracts, SIZED);
        storage.load(coloured);
        contracts.settle();
        assertThat(version(contracts))
                .as("loaded just before the worker heard of the next edit")
                .isEqualTo("1.1.0");
        assertThat(contracts.waiting()).containsExactly("shop");

        storage.load(contracts);
        contracts.settle();
        assertThat(version(contracts)).isEqualTo("1.2.0");
    }

    @Test
    void anEditThatIsTakenBackWaitsForNothing() {
        LiveContracts contracts = folder.open(storage);
        edit(contracts, COLOURED);

        edit(contracts, SHOP);

        assertThat(version(contracts)).isEqualTo("1.0.0");
        assertThat(contracts.waiting()).isEmpty();
        assertThat(columns(contracts.wanted())).doesNotContain("colour");
    }

    @Test
    void aVersionThatIsRemovedDoesNotWait() {
        folder.write("shop2.odcs.yaml", SHOP.replace("1.0.0", "2.0.0"));
        LiveContracts contracts = folder.open(storage);
        edit(contracts, COLOURED);
        assertThat(contracts.products()).extracting(DataProduct::version).containsExactly("1.0.0", "2.0.0");

        folder.remove("shop2.odcs.yaml");
        look(contracts);

        assertThat(contracts.products()).extracting(DataProduct::version).containsExactly("1.0.0");
        assertThat(contracts.waiting()).containsExactly("shop");
    }

    @Test
    void aTableThatIsLoadedAnewBeforeTheOthersIsAnsweredFromByTheNewForm() {
        LiveContracts contracts = folder.open(storage);
        DataProduct old = product(contracts);
        GoldTable oldItems = items(contracts.tables());
        edit(contracts, withShopColumn(COLOURED.replaceAll(".*name: price.*\n", ""), "town"));
        assertThat(contracts.instead(old, entity(old, "items"), oldItems)).isEmpty();

        storage.load(items(contracts.wanted()));

        contracts.settle();
        assertThat(contracts.waiting()).as("shops have no town yet").isNotEmpty();
        assertThat(storage.covers(oldItems)).isFalse();
        Contracts instead =
                contracts.instead(old, entity(old, "items"), oldItems).orElseThrow();
        DataProduct next = product(instead);
        assertThat(entity(next, "items").fields()).extracting(Field::name).containsExactly("id", "colour");
        assertThat(storage.covers(instead.table(next, entity(next, "items")))).isTrue();

        storage.load(contracts);
        contracts.settle();
        assertThat(product(contracts)).isSameAs(next);
    }

    @Test
    void aProcessThatHasNotSeenTheEditYetAnswersByWhatAnotherAccepted() {
        Instant[] now = {Instant.EPOCH};
        LiveContracts behind = folder.open(storage, () -> now[0]);
        DataProduct old = product(behind);
        GoldTable oldItems = items(behind.tables());
        ContractFolder newer = new ContractFolder(path.resolve("newer"));
        newer.write("shop.odcs.yaml", COLOURED.replaceAll(".*name: price.*\n", ""));
        LiveContracts ahead = newer.open(storage);
        storage.load(ahead);

        Optional<Contracts> instead = behind.instead(old, entity(old, "items"), oldItems);

        assertThat(instead.map(contracts -> product(contracts).version())).contains("1.1.0");
        newer.write("shop.odcs.yaml", SIZED.replaceAll(".*name: price.*\n", ""));
        look(ahead);
        storage.load(ahead);
        assertThat(behind.instead(old, entity(old, "items"), oldItems))
                .as("the store is asked seldom")
                .isEmpty();
        now[0] = now[0].plusMillis(200);
        assertThat(behind.instead(old, entity(old, "items"), oldItems)).isPresent();
    }

    @Test
    void aProcessThatStartsWithAnOlderFolderServesWhatIsStored() {
        edit(folder.open(storage), COLOURED.replaceAll(".*name: price.*\n", ""));
        storage.load(folder.open(storage));
        assertThat(version(folder.open(storage))).isEqualTo("1.1.0");

        folder.write("shop.odcs.yaml", SHOP);

        assertThat(version(folder.open(storage))).isEqualTo("1.1.0");
    }

    private void edit(LiveContracts contracts, String text) {
        folder.write("shop.odcs.yaml", text);
        look(contracts);
        assertThat(contracts.refused()).isEmpty();
    }

    private static DataProduct product(Contracts contracts) {
        return contracts.product("shop", 1).orElseThrow();
    }

    private static String version(Contracts contracts) {
        return product(contracts).version();
    }

    private static EntityType entity(DataProduct product, String name) {
        return product.entity(name).orElseThrow();
    }

    private static GoldTable items(List<GoldTable> tables) {
        return tables.stream()
                .filter(table -> table.name().equals("dim_item"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> columns(List<GoldTable> tables) {
        return items(tables).columns().stream().map(Field::name).toList();
    }
}
