package dev.vitrine.store.cosmos;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreContract;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;

/// The store in Cosmos DB keeps the promises of every store, over the real SDK.
class CosmosStoreTest extends StoreContract {

    private final TestAccount account = TestAccount.start();

    @Override
    protected EntityStore open(Clock clock) {
        return account.open(clock);
    }

    @AfterEach
    void stop() {
        account.close();
    }
}
