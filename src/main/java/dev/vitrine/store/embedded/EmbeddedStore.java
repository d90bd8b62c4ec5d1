package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoredTable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// `<folder>/settings.db` and a folder for each table, `<folder>/<product>/<table>/`. Processes may share the folder.
final class EmbeddedStore implements EntityStore {

    private final Path folder;
    private final Clock clock;
    private final Settings settings;
    private final Map<Path, Generations> generations = new HashMap<>();
    private final Map<Name, EmbeddedTable> tables = new ConcurrentHashMap<>();

    EmbeddedStore(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.settings = new Settings(folder.resolve("settings.db"));
    }

    /// Asked for with every request, hence without a lock.
    @Override
    public StoredTable table(GoldTable table) {
        EmbeddedTable known = tables.get(Name.of(table));
        return known != null && known.table().equals(table) ? known : open(table);
    }

    private synchronized EmbeddedTable open(GoldTable table) {
        Path path = folder.resolve(FileNames.of(table.product())).resolve(FileNames.of(table.name()));
        EmbeddedTable fresh = new EmbeddedTable(table, generations.computeIfAbsent(path, Generations::new), clock);
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
    public synchronized void close() {
        generations.values().forEach(Generations::close);
        settings.close();
    }
}
