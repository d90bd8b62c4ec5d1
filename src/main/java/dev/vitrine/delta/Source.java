package dev.vitrine.delta;

import dev.vitrine.contract.GoldTable;
import java.util.List;

/// What reading rows of one table needs.
record Source(DeltaEngine engine, GoldTable table, Failures failures) {

    /// See [DeltaSnapshot#misfits()].
    List<String> misfits(TableState state, long version) {
        return EntityMapper.of(table, state.schema()).misfits().stream()
                .map(misfit -> misfit + " (version " + version + ")")
                .toList();
    }
}
