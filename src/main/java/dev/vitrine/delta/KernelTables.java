package dev.vitrine.delta;

import dev.vitrine.contract.GoldTable;

/// Delta tables read by Delta Kernel.
final class KernelTables implements DeltaTables {

    private final DeltaEngine engine;

    KernelTables(DeltaEngine engine) {
        this.engine = engine;
    }

    @Override
    public DeltaTable open(GoldTable table) {
        return new KernelTable(engine, table);
    }

    @Override
    public DeltaSchema schema(String location) {
        String path = DeltaEngine.path(location);
        try {
            return KernelInternals.state(engine.snapshot(path)).schema();
        } catch (RuntimeException failure) {
            throw new Failures(location, path).reading(null, failure);
        }
    }
}
