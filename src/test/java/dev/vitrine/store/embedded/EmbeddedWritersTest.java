package dev.vitrine.store.embedded;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.WritersContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedWritersTest extends WritersContract {

    @TempDir
    Path folder;

    @Override
    protected EntityStore open(Clock clock) {
        return EmbeddedStores.open(folder, clock);
    }
}
