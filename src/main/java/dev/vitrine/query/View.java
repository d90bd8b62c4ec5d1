package dev.vitrine.query;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoredTable;
import org.jspecify.annotations.Nullable;

/// An entity type as one form of its product has it, and the table as that form reads it. Threads may share it.
final class View {

    private final DataProduct product;
    private final EntityType type;
    private final EntityFields fields;
    private final GoldTable gold;
    private final EntityStore store;
    private volatile @Nullable StoredTable stored;

    View(DataProduct product, EntityType type, GoldTable gold, EntityStore store) {
        this.product = product;
        this.type = type;
        this.fields = new EntityFields(type);
        this.gold = gold;
        this.store = store;
    }

    DataProduct product() {
        return product;
    }

    EntityType type() {
        return type;
    }

    EntityFields fields() {
        return fields;
    }

    /// The table as it has to be stored for this view.
    GoldTable gold() {
        return gold;
    }

    /// Opened when it is first asked for.
    StoredTable table() {
        StoredTable known = stored;
        if (known == null) {
            known = store.table(gold);
            stored = known;
        }
        return known;
    }
}
