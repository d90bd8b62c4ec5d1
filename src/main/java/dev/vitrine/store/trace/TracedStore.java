package dev.vitrine.store.trace;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Leases;
import dev.vitrine.store.Measurements;
import dev.vitrine.store.Orders;
import dev.vitrine.store.StoredTable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/// A store whose reads of entities are spans: `store.get`, `store.getAll`, `store.page`, `store.pages`, `store.count`,
/// `store.counts`. Closes the store.
public final class TracedStore implements EntityStore {

    private final EntityStore store;
    private final Spans spans;
    private final Map<String, TracedTable> tables = new ConcurrentHashMap<>();

    public TracedStore(EntityStore store, Spans spans) {
        this.store = store;
        this.spans = spans;
    }

    /// Asked for with every request, hence without a lock.
    @Override
    public StoredTable table(GoldTable table) {
        StoredTable stored = store.table(table);
        TracedTable known = tables.get(table.address());
        if (known != null && known.stored() == stored) {
            return known;
        }
        return tables.compute(
                table.address(),
                (address, other) -> other != null && other.stored() == stored ? other : new TracedTable(stored, spans));
    }

    @Override
    public Optional<byte[]> setting(String name) {
        return store.setting(name);
    }

    @Override
    public byte[] settingOr(String name, byte[] value) {
        return store.settingOr(name, value);
    }

    @Override
    public void putSetting(String name, byte[] value) {
        store.putSetting(name, value);
    }

    @Override
    public SortedMap<String, Instant> withdrawn(Set<String> named, Instant now) {
        return store.withdrawn(named, now);
    }

    @Override
    public SortedMap<String, Instant> withdrawn() {
        return store.withdrawn();
    }

    @Override
    public boolean erase(String address, long token) {
        return store.erase(address, token);
    }

    @Override
    public Leases leases() {
        return store.leases();
    }

    @Override
    public Orders orders() {
        return store.orders();
    }

    @Override
    public Measurements measurements() {
        return store.measurements();
    }

    @Override
    public Map<String, Double> chargedToday() {
        return store.chargedToday();
    }

    @Override
    public void close() {
        store.close();
    }
}
