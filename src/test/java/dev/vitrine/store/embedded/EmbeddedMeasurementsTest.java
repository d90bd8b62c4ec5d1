package dev.vitrine.store.embedded;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.MeasurementsContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMeasurementsTest extends MeasurementsContract {

    @TempDir
    Path folder;

    @Override
    protected EntityStore open(Clock clock) {
        return EmbeddedStores.open(folder, clock);
    }
}
