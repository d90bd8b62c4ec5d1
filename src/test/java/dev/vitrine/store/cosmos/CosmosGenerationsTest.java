package dev.vitrine.store.cosmos;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationsContract;
import dev.vitrine.store.cosmos.server.CosmosServer;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;

class CosmosGenerationsTest extends GenerationsContract {

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
