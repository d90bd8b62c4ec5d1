package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Leases;
import dev.vitrine.store.Measurements;
import dev.vitrine.store.Orders;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.embedded.KeptTables.Name;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/// `<folder>/settings.db`, `leases.db`, `orders.db`, `tables.db` and `measured.db`, and a folder for each table,
/// `<folder>/<product>/<table>/`. Processes may share the folder.
final class EmbeddedStore implements EntityStore {

    private final Path folder;
    private final Clock clock;
    private final Duration keepEvery;
    private final Settings settings;
    private final EmbeddedLeases leases;
    private final EmbeddedOrders orders;
    private final KeptTables kept;
    private final EmbeddedMeasurements measurements;
    private final Map<Path, Generations> generations = new HashMap<>();
    private final Map<Name, EmbeddedTable> tables = new ConcurrentHashMap<>();

    EmbeddedStore(Path folder, Clock clock) {
        this(folder, clock, Duration.ofSeconds(1));
    }

    /// @param keepEvery how much of a load may be lost by a kill
    EmbeddedStore(Path folder, Clock clock, Duration keepEvery) {
        this.folder = folder;
        this.clock = clock;
        this.keepEvery = keepEvery;
        this.settings = new Settings(folder.resolve("settings.db"));
        this.leases = new EmbeddedLeases(folder.resolve("leases.db"), clock);
        this.orders = new EmbeddedOrders(folder.resolve("orders.db"), clock);
        this.kept = new KeptTables(folder.resolve("tables.db"));
        this.measurements = new EmbeddedMeasurements(folder.resolve("measured.db"));
    }

    /// Asked for with every request, hence without a lock.
    @Override
    public StoredTable table(GoldTable table) {
        EmbeddedTable known = tables.get(Name.of(table));
        return known != null && known.table().equals(table) ? known : open(table);
    }

    private synchronized EmbeddedTable open(GoldTable table) {
        Name name = Name.of(table);
        EmbeddedTable fresh = new EmbeddedTable(table, generations(name), () -> kept.add(name), clock, keepEvery);
        tables.put(name, fresh);
        return fresh;
    }

    private Generations generations(Name name) {
        Path path = folder.resolve(FileNames.of(name.product())).resolve(FileNames.of(name.table()));
        return generations.computeIfAbsent(path, absent -> new Generations(absent, name.address()));
    }

    @Override
    public SortedMap<String, Instant> withdrawn(Set<String> named, Instant now) {
        return kept.withdrawn(named, now);
    }

    @Override
    public SortedMap<String, Instant> withdrawn() {
        return kept.withdrawn();
    }

    @Override
    public synchronized boolean erase(String address, long token) {
        Optional<Name> name = kept.at(address);
        if (name.isPresent() && generations(name.get()).erase(token)) {
            kept.remove(name.get());
            return true;
        }
        return name.isEmpty();
    }

    @Override
    public Optional<byte[]> setting(String name) {
        return settings.get(name);
    }

    @Override
    public byte[] settingOr(String name, byte[] value) {
        return settings.getOr(name, value);
    }

    @Override
    public void putSetting(String name, byte[] value) {
        settings.put(name, value);
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public Orders orders() {
        return orders;
    }

    @Override
    public Measurements measurements() {
        return measurements;
    }

    @Override
    public synchronized void close() {
        generations.values().forEach(Generations::close);
        kept.close();
        measurements.close();
        orders.close();
        leases.close();
        settings.close();
    }
}
