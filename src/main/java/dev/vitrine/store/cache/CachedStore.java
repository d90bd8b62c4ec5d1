package dev.vitrine.store.cache;

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

/// A store with caches in front. Closes the store.
final class CachedStore implements EntityStore {

    private final EntityStore store;
    private final Caches caches;
    private final Map<String, Checkpoints> checkpoints = new ConcurrentHashMap<>();
    private final Map<String, CachedTable> tables = new ConcurrentHashMap<>();

    CachedStore(EntityStore store, Caches caches) {
        this.store = store;
        this.caches = caches;
    }

    /// Asked for with every request, hence without a lock.
    @Override
    public StoredTable table(GoldTable table) {
        CachedTable known = tables.get(table.address());
        return known != null && known.table().equals(table) ? known : open(table);
    }

    private synchronized CachedTable open(GoldTable table) {
        StoredTable stored = store.table(table);
        CachedTable fresh = new CachedTable(
                stored,
                checkpoints.computeIfAbsent(table.address(), address -> new Checkpoints(stored, caches)),
                caches);
        tables.put(table.address(), fresh);
        return fresh;
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

    /// Nothing of it is found in caches any more: there is no checkpoint to look by.
    @Override
    public boolean erase(String address, long token) {
        boolean erased = store.erase(address, token);
        Checkpoints known = checkpoints.get(address);
        if (known != null) {
            known.refresh();
        }
        return erased;
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
    public void keepCharges() {
        store.keepCharges();
    }

    @Override
    public void close() {
        store.close();
    }
}
