package dev.vitrine.store;

import dev.vitrine.contract.GoldTable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// Where the latest state of all entities is kept. Threads may share it; whoever opened it closes it.
public interface EntityStore extends AutoCloseable {

    /// The stored side of a gold table, created if there is none. The same object for the same product and name; a
    /// different layout (columns, indexes) makes a new object over the same data.
    StoredTable table(GoldTable table);

    /// A value kept for all processes of this store, such as the cursor secret.
    Optional<byte[]> setting(String name);

    /// Keeps a value if there is none of that name; returns the one that is kept.
    byte[] settingOr(String name, byte[] value);

    /// Replaces a kept value.
    void putSetting(String name, byte[] value);

    /// Takes note of the tables that contracts name at that time, and gives the others of which something may be kept:
    /// by address, with the time since when nobody names them.
    /// A table that a writer was never asked for is none of them.
    SortedMap<String, Instant> withdrawn(Set<String> named, Instant now);

    /// The same as noted last.
    SortedMap<String, Instant> withdrawn();

    /// Removes all that is kept of a table, for the holder of its lease with this fencing token; readers see nothing
    /// served from then on. Returns whether all is gone; what somebody has in use is left for the next time.
    ///
    /// @throws WriterFenced if a newer token was seen
    boolean erase(String address, long token);

    /// Who may write.
    Leases leases();

    /// What operators ask of the workers.
    Orders orders();

    /// How the service did.
    Measurements measurements();

    /// What all processes were charged since midnight UTC, in the units of the service that the store is in, by address
    /// of the table; empty where nothing is charged. Of other processes it is what they last kept.
    default Map<String, Double> chargedToday() {
        return Map.of();
    }

    /// Keeps what this process was charged for the others to see; to be called now and then, and at the end.
    ///
    /// @throws StoreFailure if it cannot be kept now
    default void keepCharges() {}

    @Override
    void close();
}
