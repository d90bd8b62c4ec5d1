package dev.vitrine.store.embedded;

import dev.vitrine.store.DeadLettersContract;
import dev.vitrine.store.EntityStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDeadLettersTest extends DeadLettersContract {

    @TempDir
    Path folder;

    @Override
    protected EntityStore open(Clock clock) {
        return EmbeddedStores.open(folder, clock);
    }
}
