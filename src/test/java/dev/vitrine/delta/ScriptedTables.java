package dev.vitrine.delta;

import dev.vitrine.contract.GoldTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Delta tables that a test writes commit by commit, by their address. Threads may share it.
public final class ScriptedTables implements DeltaTables {

    private final Map<String, ScriptedTable> tables = new ConcurrentHashMap<>();

    @Override
    public ScriptedTable open(GoldTable table) {
        return tables.computeIfAbsent(table.address(), ScriptedTable::new);
    }

    @Override
    public DeltaSchema schema(String location) {
        throw new UnsupportedOperationException("scripted tables have no schema");
    }
}
