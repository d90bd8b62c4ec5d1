package dev.vitrine.store.cosmos;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.LeasesContract;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;

class CosmosLeasesTest extends LeasesContract {

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
