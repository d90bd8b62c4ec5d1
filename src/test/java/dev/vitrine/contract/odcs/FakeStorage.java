package dev.vitrine.contract.odcs;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.Layout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A store in memory that holds what a test has loaded.
final class FakeStorage implements Storage {

    private final Map<String, Layout> loaded = new HashMap<>();
    private byte @Nullable [] kept;
    private int writes;
    boolean fails;
    boolean tellsNothing;

    /// The table is served from now on as it is wanted here, and no other way.
    void load(GoldTable table) {
        loaded.put(table.address(), Layout.of(table));
    }

    void load(LiveContracts contracts) {
        contracts.wanted().forEach(this::load);
    }

    /// How often something was kept.
    int writes() {
        return writes;
    }

    @Override
    public Optional<byte[]> kept() {
        return Optional.ofNullable(kept);
    }

    @Override
    public void keep(byte[] accepted) {
        if (fails) {
            throw new IllegalStateException("the store is away");
        }
        kept = accepted;
        writes++;
    }

    @Override
    public boolean covers(GoldTable table) {
        if (tellsNothing) {
            throw new IllegalStateException("the table is broken");
        }
        Layout layout = loaded.get(table.address());
        return layout != null && layout.covers(Layout.of(table));
    }
}
