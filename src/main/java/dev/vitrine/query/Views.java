package dev.vitrine.query;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The views of all contracts in force, made once for each state of them. Threads may share it.
final class Views {

    private final Contracts contracts;
    private final EntityStore store;
    private volatile @Nullable Made made;

    Views(Contracts contracts, EntityStore store) {
        this.contracts = contracts;
        this.store = store;
    }

    /// What was made of those contracts. Versions of products are compared by identity: they are the same objects until
    /// they are edited.
    private record Made(Contracts contracts, Map<DataProduct, Map<String, View>> views) {

        @Nullable
        View of(DataProduct product, EntityType type) {
            Map<String, View> ofProduct = views.get(product);
            return ofProduct == null ? null : ofProduct.get(type.name());
        }
    }

    /// The view of an entity type; of the one in its place if the contract was edited since the caller found it.
    ///
    /// @throws EntitiesUnavailable if it was withdrawn
    View of(DataProduct product, EntityType type) {
        Made made = made();
        View view = made.of(product, type);
        return view != null
                ? view
                : find(made, product, type)
                        .orElseThrow(() -> new EntitiesUnavailable(
                                product.address() + " was withdrawn just now: its contract is not in force any more",
                                null));
    }

    /// Another view of the same entity, by which the store can answer where it could not by this one.
    Optional<View> instead(View view) {
        DataProduct product = view.product();
        return contracts
                .instead(product, view.type(), view.gold())
                .flatMap(other -> other.product(product.name(), product.major())
                        .flatMap(current -> current.entity(view.type().name())
                                .map(type -> new View(current, type, other.table(current, type), store))));
    }

    private static Optional<View> find(Made made, DataProduct product, EntityType type) {
        return made.contracts
                .product(product.name(), product.major())
                .flatMap(current -> current.entity(type.name()).map(entity -> made.of(current, entity)));
    }

    private Made made() {
        Contracts now = contracts.now();
        Made known = made;
        if (known == null || known.contracts != now) {
            known = make(now, known);
            made = known;
        }
        return known;
    }

    private Made make(Contracts now, @Nullable Made before) {
        Map<DataProduct, Map<String, View>> views = new IdentityHashMap<>();
        for (DataProduct product : now.products()) {
            if (product.status() != DataProduct.Status.RETIRED) {
                Map<String, View> entities = new HashMap<>();
                for (EntityType type : product.entities()) {
                    GoldTable table = now.table(product, type);
                    View known = before == null ? null : before.of(product, type);
                    entities.put(
                            type.name(),
                            known != null && known.gold() == table ? known : new View(product, type, table, store));
                }
                views.put(product, entities);
            }
        }
        return new Made(now, views);
    }
}
