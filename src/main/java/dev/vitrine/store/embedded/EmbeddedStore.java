package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoredTable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// `<folder>/settings.db` and a folder for each table, `<folder>/<product>/<table>/`. Processes may share the folder.
final class EmbeddedStore implements EntityStore {

    private final Path folder;
    private final Clock clock;
    private final Settings settings;
    private final Map<Path, Generations> generations = new HashMap<>();
    private final Map<Path, EmbeddedTable> tables = new HashMap<>();

    EmbeddedStore(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.settings = new Settings(folder.resolve("settings.db"));
    }

    @Override
    public synchronized StoredTable table(GoldTable table) {
        Path path = folder.resolve(FileNames.of(table.product())).resolve(FileNames.of(table.name()));
        EmbeddedTable known = tables.get(path);
        if (known != null && known.table().equals(table)) {
            return known;
        }
        EmbeddedTable fresh = new EmbeddedTable(table, generations.computeIfAbsent(path, Generations::new), clock);
        tables.put(path, fresh);
        return fresh;
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
