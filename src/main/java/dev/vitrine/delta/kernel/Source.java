package dev.vitrine.delta.kernel;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.rows.EntityMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What reading rows of one table needs.
///
/// @param warned what was said already, so that it is said once
record Source(DeltaEngine engine, GoldTable table, Failures failures, Set<String> warned) {

    private static final Logger LOG = LoggerFactory.getLogger(Source.class);

    Source(DeltaEngine engine, GoldTable table, Failures failures) {
        this(engine, table, failures, ConcurrentHashMap.newKeySet());
    }

    /// See [DeltaSnapshot#misfits()].
    List<String> misfits(TableState state, long version) {
        return named(EntityMapper.of(table, state.schema()).misfits(), version);
    }

    /// The misfits of a schema that a version brought: also served columns that it took away.
    List<String> misfits(TableState before, TableState after, long version) {
        EntityMapper mapper = EntityMapper.of(table, after.schema());
        List<String> vanished = new ArrayList<>(mapper.absent());
        vanished.removeAll(EntityMapper.of(table, before.schema()).absent());
        List<String> misfits = new ArrayList<>(mapper.misfits());
        vanished.forEach(
                column -> misfits.add("column %s is served, but the table has none any more".formatted(column)));
        return named(misfits, version);
    }

    /// Reads rows of a state as entities.
    ///
    /// @throws TableUnreadable the state does not fit the contract
    EntityMapper mapper(TableState state, long version) {
        EntityMapper mapper = EntityMapper.of(table, state.schema());
        if (!mapper.misfits().isEmpty()) {
            throw failures.unreadable(version, "it does not fit its contract: " + String.join("; ", mapper.misfits()));
        }
        for (String column : mapper.absent()) {
            if (warned.add(column)) {
                LOG.warn("{}: the table has no column {} (yet), served as null", table.address(), column);
            }
        }
        return mapper;
    }

    private static List<String> named(List<String> misfits, long version) {
        return misfits.stream()
                .map(misfit -> "%s (version %d)".formatted(misfit, version))
                .toList();
    }
}
