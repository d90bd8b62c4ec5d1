package dev.vitrine.store.cache;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.WritersContract;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Stores keep their promises with caches in front.
@ParameterizedClass
@EnumSource(value = Backing.class, names = ".*_BEHIND_REDIS", mode = EnumSource.Mode.MATCH_ALL)
class CachedWritersTest extends WritersContract {

    @Parameter
    @SuppressWarnings("NullAway.Init")
    Backing backing;

    @TempDir
    Path folder;

    private Backing.@Nullable Parts parts;

    @Override
    protected EntityStore open(Clock clock) {
        Backing.Parts open = parts == null ? backing.start(folder) : parts;
        parts = open;
        return open.open(clock);
    }

    @AfterEach
    void stop() {
        if (parts != null) {
            parts.close();
        }
    }
}
