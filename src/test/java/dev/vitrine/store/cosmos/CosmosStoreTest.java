package dev.vitrine.store.cosmos;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreContract;
import dev.vitrine.store.cosmos.server.CosmosServer;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;

/// The store in Cosmos DB keeps the promises of every store, over the real SDK and a test server.
class CosmosStoreTest extends StoreContract {

    private final CosmosServer server = CosmosServer.start();

    @Override
    protected EntityStore open(Clock clock) {
        return CosmosStores.open(server, clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
