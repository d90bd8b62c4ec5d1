package dev.vitrine.store;

import dev.vitrine.contract.GoldTable;
import java.util.Optional;

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

    /// Who may write.
    Leases leases();

    /// What operators ask of the workers.
    Orders orders();

    /// How the service did.
    Measurements measurements();

    @Override
    void close();
}
