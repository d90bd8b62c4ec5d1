package dev.vitrine.graphql;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.ServiceLevel;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import java.nio.file.Path;
import java.util.List;

/// Contracts that a test can exchange while the service runs.
final class ChosenContracts implements Contracts {

    /// Those of the tests: product `shop`, version 1.
    static final Contracts SHOP = read("src/test/resources/graphql");

    private volatile Contracts chosen = SHOP;

    static Contracts read(String folder) {
        return ContractsFolder.read(Path.of(folder), new Environment(null, false, name -> null));
    }

    void choose(Contracts others) {
        chosen = others;
    }

    /// Has the product promise these.
    void promise(ServiceLevel... levels) {
        DataProduct plain = SHOP.products().getFirst();
        DataProduct promising = new DataProduct(
                plain.name(),
                plain.major(),
                plain.version(),
                plain.status(),
                plain.id(),
                plain.description(),
                plain.location(),
                plain.entities(),
                plain.roles(),
                List.of(levels),
                plain.source());
        chosen = new Contracts() {
            @Override
            public List<DataProduct> products() {
                return List.of(promising);
            }

            @Override
            public List<GoldTable> tables() {
                return SHOP.tables();
            }
        };
    }

    @Override
    public List<DataProduct> products() {
        return chosen.products();
    }

    @Override
    public List<GoldTable> tables() {
        return chosen.tables();
    }

    @Override
    public Contracts now() {
        return chosen;
    }
}
