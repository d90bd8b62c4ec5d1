package dev.vitrine.contract.odcs;

import org.jspecify.annotations.Nullable;

/// Reads `maxRequestUnits`: of an entity, else of the whole contract.
record RequestUnits(Problems problems) {

    private static final String NAME = "maxRequestUnits";
    private static final long LEAST = 1_000;
    private static final long MOST = 1_000_000;
    private static final long STEP = 1_000;

    /// Null: neither says it, or not as a number of request units that there is.
    @Nullable
    Integer of(Custom entity, Custom product) {
        // what the contract says is read where no entity goes by it too: it may be wrong
        Integer ofProduct = read(product.get(NAME));
        return entity.get(NAME) == null ? ofProduct : read(entity.get(NAME));
    }

    private @Nullable Integer read(@Nullable Yaml value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Yaml.Leaf leaf
                && leaf.value() instanceof Long units
                && units >= LEAST
                && units <= MOST
                && units % STEP == 0) {
            return units.intValue();
        }
        problems.add(
                value,
                "'" + NAME + "' is " + value.kind(),
                "Write request units a second, 1000 to 1000000 in steps of 1000");
        return null;
    }
}
