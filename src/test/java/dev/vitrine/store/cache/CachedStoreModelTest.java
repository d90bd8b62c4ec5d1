package dev.vitrine.store.cache;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreModelContract;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Stores hold and find the same with caches in front, which other rounds have filled.
@ParameterizedClass
@EnumSource(Backing.class)
class CachedStoreModelTest extends StoreModelContract {

    @Parameter
    @SuppressWarnings("NullAway.Init")
    Backing backing;

    @TempDir
    Path folder;

    private Backing.@Nullable Parts parts;

    @Override
    protected EntityStore open() {
        Backing.Parts open = parts == null ? backing.start(folder) : parts;
        parts = open;
        return open.open(Clock.systemUTC());
    }

    @Override
    protected int rounds() {
        return Integer.getInteger("vitrine.rounds", backing == Backing.COSMOS_BEHIND_REDIS ? 15 : 40);
    }

    @AfterEach
    void stop() {
        if (parts != null) {
            parts.close();
        }
    }
}
