package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Leases;
import dev.vitrine.store.Measurements;
import dev.vitrine.store.Orders;
import dev.vitrine.store.StoredTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// `<folder>/settings.db`, `leases.db`, `orders.db` and `measured.db`, and a folder for each table,
/// `<folder>/<product>/<table>/`.
/// Processes may share the folder.
final class EmbeddedStore implements EntityStore {

    private final Path folder;
    private final Clock clock;
    private final Duration keepEvery;
    private final Settings settings;
    private final EmbeddedLeases leases;
    private final EmbeddedOrders orders;
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
        this.measurements = new EmbeddedMeasurements(folder.resolve("measured.db"));
    }

    /// Asked for with every request, hence without a lock.
    @Override
    public StoredTable table(GoldTable table) {
        EmbeddedTable known = tables.get(Name.of(table));
        return known != null && known.table().equals(table) ? known : open(table);
    }

    private synchronized EmbeddedTable open(GoldTable table) {
        Path path = folder.resolve(FileNames.of(table.product())).resolve(FileNames.of(table.name()));
        EmbeddedTable fresh = new EmbeddedTable(
                table,
                generations.computeIfAbsent(path, absent -> new Generations(absent, table.address())),
                clock,
                keepEvery);
        tables.put(Name.of(table), fresh);
        return fresh;
    }

    private record Name(String product, String table) {

        static Name of(GoldTable table) {
            return new Name(table.product(), table.name());
        }
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
        measurements.close();
        orders.close();
        leases.close();
        settings.close();
    }
}
