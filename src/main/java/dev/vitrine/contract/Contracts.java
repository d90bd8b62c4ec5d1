package dev.vitrine.contract;

import java.util.List;
import java.util.Optional;

/// The contracts in force: what is served. They may change while the service runs; what a method returned stays as it
/// is. Threads may share it.
public interface Contracts {

    /// All products, sorted by name and major. The very same list until something changes.
    List<DataProduct> products();

    /// The gold tables behind them, each once.
    List<GoldTable> tables();

    /// The gold tables as the newest accepted contracts want them stored: what is synced. They differ from [#tables()]
    /// while an edit waits for a table to be loaded as it needs it.
    default List<GoldTable> wanted() {
        return tables();
    }

    /// Whether that is all there is: false while some contract is broken, unreadable or just being edited, so that a
    /// table that is not named may be named there.
    default boolean complete() {
        return true;
    }

    /// The contracts as they are in force at this moment: products and tables that belong together.
    default Contracts now() {
        return this;
    }

    /// Other contracts of that product, by which the store can answer for the entity now; empty if there are none.
    ///
    /// To be asked where the store lacks something of the table as this form of the entity reads it: a newer form has
    /// been loaded, and is about to come into force.
    ///
    /// @param lacking the table as it was read in vain
    default Optional<Contracts> instead(DataProduct product, EntityType entity, GoldTable lacking) {
        return Optional.empty();
    }

    /// The contract of a product version that is in force, as YAML for everybody: without its servers, since where the
    /// gold tables lie is for operators. Empty if it is not in force any more, or no text is known.
    default Optional<String> text(DataProduct product) {
        return Optional.empty();
    }

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
