package dev.vitrine.sync;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.cosmos.CosmosStores;
import dev.vitrine.store.cosmos.server.CosmosServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/// The same through the store in Cosmos DB.
class SparkTablesInCosmosTest extends SparkTablesTest {

    private final CosmosServer server = CosmosServer.start();

    @Override
    EntityStore openStore(Path below) {
        return CosmosStores.open(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
