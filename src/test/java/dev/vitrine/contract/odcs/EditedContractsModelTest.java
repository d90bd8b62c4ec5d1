package dev.vitrine.contract.odcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.GoldTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random edits of two majors over two tables, broken ones among them, while a worker loads what is wanted, table by
/// table, and processes come and go.
class EditedContractsModelTest {

    private static final int ROUNDS = 30;
    private static final int STEPS = 25;

    @TempDir
    private Path path;

    @Test
    void whatWasServedOnceIsServedAlwaysAndTheNewestFormWins() {
        long seed = System.nanoTime();
        System.out.println("EditedContractsModelTest, seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            round(random, new ContractFolder(path.resolve("round" + round)), "seed " + seed + ", round " + round);
        }
    }

    private static void round(Random random, ContractFolder folder, String name) {
        FakeStorage storage = new FakeStorage();
        folder.write("v1.odcs.yaml", contract(random, 1));
        folder.write("v2.odcs.yaml", contract(random, 2));
        LiveContracts contracts = folder.open(storage);
        storage.load(contracts);
        for (int step = 0; step < STEPS; step++) {
            String where = name + ", step " + step;
            int major = 1 + random.nextInt(2);
            switch (random.nextInt(6)) {
                case 0, 1 -> edit(folder, contracts, major, contract(random, major));
                case 2 -> edit(folder, contracts, major, contract(random, major).replace("kind:", "kin:"));
                case 3, 4 -> {
                    List<GoldTable> wanted = contracts.wanted();
                    storage.load(wanted.get(random.nextInt(wanted.size())));
                    requireAllAnswered(contracts, storage, where + ", before it settled");
                    contracts.settle();
                }
                default -> {
                    List<String> before = versions(contracts);
                    contracts = folder.open(storage);
                    assertThat(versions(contracts)).as(where).isEqualTo(before);
                }
            }
            requireAllAnswered(contracts, storage, where);
        }
        storage.load(contracts);
        contracts.settle();
        assertThat(contracts.waiting()).as(name).isEmpty();
        assertThat(contracts.tables()).as(name).isEqualTo(contracts.wanted());
    }

    private static void edit(ContractFolder folder, LiveContracts contracts, int major, String text) {
        folder.write("v" + major + ".odcs.yaml", text);
        ContractFolder.look(contracts);
    }

    private static void requireAllAnswered(LiveContracts contracts, FakeStorage storage, String where) {
        for (DataProduct product : contracts.products()) {
            for (EntityType entity : product.entities()) {
                GoldTable table = contracts.table(product, entity);
                assertThat(storage.covers(table)
                                || contracts.instead(product, entity, table).isPresent())
                        .as("%s: %s of %s", where, entity.name(), product.version())
                        .isTrue();
            }
        }
    }

    private static List<String> versions(LiveContracts contracts) {
        return contracts.products().stream().map(DataProduct::version).toList();
    }

    /// Some columns of items and shops, some of them filterable.
    private static String contract(Random random, int major) {
        String text = ContractFolder.contract("shop", major + "." + random.nextInt(1_000_000) + ".0")
                .replaceAll(".*name: price.*\n", columns(random));
        return text.replace("roles:", columns(random) + "roles:");
    }

    private static String columns(Random random) {
        return Stream.of("a", "b", "c")
                .filter(column -> random.nextInt(3) > 0)
                .map(column -> "      - {name: %s, logicalType: string%s}\n"
                        .formatted(
                                column,
                                random.nextBoolean()
                                        ? ", customProperties: [{property: filterable, value: true}]"
                                        : ""))
                .collect(Collectors.joining());
    }
}
