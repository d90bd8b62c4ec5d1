package dev.vitrine.store.cosmos;

import com.azure.cosmos.CosmosAsyncClient;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Leases;
import dev.vitrine.store.Measurements;
import dev.vitrine.store.Orders;
import dev.vitrine.store.StoredTable;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A database of a Cosmos DB account, shared by any number of processes.
final class CosmosStore implements EntityStore {

    private static final Logger log = LoggerFactory.getLogger(CosmosStore.class);

    private final CosmosAsyncClient client;
    private final CosmosProperties properties;
    private final Containers containers;
    private final KeptCharges charges;
    private final ControlContainer control;
    private final CosmosSettings settings;
    private final KeptTables kept;
    private final Leases leases;
    private final Orders orders;
    private final Measurements measurements;
    private final Map<String, TableControl> controls = new ConcurrentHashMap<>();
    private final Map<String, CosmosTable> tables = new ConcurrentHashMap<>();
    private final Set<String> said = new HashSet<>();

    private CosmosStore(
            CosmosAsyncClient client,
            CosmosProperties properties,
            Containers containers,
            Charges charges,
            ControlContainer control) {
        this.client = client;
        this.properties = properties;
        this.containers = containers;
        this.charges = new KeptCharges(control, charges);
        this.control = control;
        this.settings = new CosmosSettings(control);
        this.leases = new CosmosLeases(control, containers.clock());
        this.kept = new KeptTables(control);
        this.orders = new CosmosOrders(control, containers.clock());
        this.measurements = new CosmosMeasurements(control);
    }

    /// Opens the account; makes the database and the control container if they are not there.
    ///
    /// @param registry for what the account charges
    /// @param readers whether the account is known to be gone
    /// @param keepEvery how often it is noted how far a load is: what came after it is lost to a kill
    /// @throws dev.vitrine.store.StoreFailure if it cannot be reached or refuses
    static CosmosStore open(
            CosmosProperties properties,
            MeterRegistry registry,
            CircuitBreaker readers,
            Clock clock,
            Duration keepEvery) {
        Charges charges = new Charges(registry, clock);
        Calls calls = new Calls("control", charges, properties.patience(), readers, properties.readTimeout());
        CosmosAsyncClient client = Clients.open(properties);
        try {
            Containers containers = new Containers(
                    Clients.database(client, properties, calls),
                    calls,
                    properties,
                    clock,
                    keepEvery,
                    ConcurrentHashMap.newKeySet());
            return new CosmosStore(client, properties, containers, charges, containers.control());
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /// Asked for with every request, hence without a lock.
    @Override
    public StoredTable table(GoldTable table) {
        CosmosTable known = tables.get(table.address());
        return known != null && known.table().equals(table) ? known : open(table);
    }

    private synchronized CosmosTable open(GoldTable table) {
        Placement.notes(table).stream().filter(said::add).forEach(log::info);
        CosmosTable fresh = new CosmosTable(table, control(table.address()), containers);
        tables.put(table.address(), fresh);
        return fresh;
    }

    private TableControl control(String address) {
        return controls.computeIfAbsent(address, any -> new TableControl(control, any, properties.checkpointAge()));
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
    public SortedMap<String, Instant> withdrawn(Set<String> named, Instant now) {
        return kept.withdrawn(named, now);
    }

    @Override
    public SortedMap<String, Instant> withdrawn() {
        return kept.withdrawn();
    }

    @Override
    public boolean erase(String address, long token) {
        return control(address).erase(token, containers);
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
    public Map<String, Double> chargedToday() {
        return charges.today();
    }

    @Override
    public void keepCharges() {
        charges.keep();
    }

    @Override
    public void close() {
        client.close();
    }
}
