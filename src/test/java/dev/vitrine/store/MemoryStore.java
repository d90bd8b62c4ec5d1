package dev.vitrine.store;

import dev.vitrine.contract.GoldTable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A store in memory that keeps the port's promises. Threads may share it.
public final class MemoryStore implements EntityStore {

    private final Map<String, MemoryTable> tables = new ConcurrentHashMap<>();
    private final Map<String, byte[]> settings = new ConcurrentHashMap<>();

    @Override
    public MemoryTable table(GoldTable table) {
        return tables.compute(
                table.address(),
                (address, known) ->
                        known != null && known.table().equals(table) ? known : MemoryTable.of(table, known));
    }

    @Override
    public Optional<byte[]> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    @Override
    public byte[] settingOr(String name, byte[] value) {
        return settings.computeIfAbsent(name, absent -> value);
    }

    @Override
    public void putSetting(String name, byte[] value) {
        settings.put(name, value);
    }

    @Override
    public void close() {}
}
