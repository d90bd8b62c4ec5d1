package dev.vitrine.delta.kernel;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.DeltaSchema;
import dev.vitrine.delta.DeltaTable;
import dev.vitrine.delta.DeltaTables;
import java.util.Map;

/// Delta tables read by Delta Kernel.
public final class KernelTables implements DeltaTables {

    private final DeltaEngine engine;

    private KernelTables(DeltaEngine engine) {
        this.engine = engine;
    }

    /// Delta tables on every file system that Hadoop can reach.
    ///
    /// @param hadoop Hadoop's settings, such as `fs.azure.account.key.…`
    public static DeltaTables using(Map<String, String> hadoop) {
        return new KernelTables(new DeltaEngine(hadoop));
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
