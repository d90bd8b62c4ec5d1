package dev.vitrine.store.embedded;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.OrdersContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedOrdersTest extends OrdersContract {

    @TempDir
    Path folder;

    @Override
    protected EntityStore open(Clock clock) {
        return EmbeddedStores.open(folder, clock);
    }
}
