package dev.vitrine.contract;

import java.util.List;
import java.util.Optional;

/// The contracts in force: what is served and synced. Threads may share it.
public interface Contracts {

    /// All products, sorted by name and major.
    List<DataProduct> products();

    /// The gold tables behind them, each once.
    List<GoldTable> tables();

    /// One major version of a product.
    default Optional<DataProduct> product(String name, int major) {
        return products().stream()
                .filter(product -> product.name().equals(name) && product.major() == major)
                .findFirst();
    }

    /// The gold table behind an entity of a product.
    default GoldTable table(DataProduct product, EntityType entity) {
        return tables().stream()
                .filter(table ->
                        table.product().equals(product.name()) && table.name().equals(entity.table()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(product.address() + " has no table " + entity.table()));
    }
}
