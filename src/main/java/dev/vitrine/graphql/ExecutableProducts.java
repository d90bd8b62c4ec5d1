package dev.vitrine.graphql;

import dev.vitrine.contract.DataProduct;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Makes each product version executable when it is first asked for, once for each contract: an edited contract is
/// another object. Threads may share it.
final class ExecutableProducts {

    private final GraphQlSettings settings;
    private final Map<String, ExecutableProduct> byAddress = new ConcurrentHashMap<>();

    ExecutableProducts(GraphQlSettings settings) {
        this.settings = settings;
    }

    ExecutableProduct of(DataProduct product) {
        ExecutableProduct known = byAddress.get(product.address());
        return known != null && known.product() == product
                ? known
                : byAddress.compute(
                        product.address(),
                        (address, before) -> before != null && before.product() == product
                                ? before
                                : new ExecutableProduct(product, settings));
    }
}
