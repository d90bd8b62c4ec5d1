package dev.vitrine.store.embedded;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreModelContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreModelTest extends StoreModelContract {

    @TempDir
    Path folder;

    @Override
    protected EntityStore open() {
        return EmbeddedStores.open(folder, Clock.systemUTC());
    }
}
