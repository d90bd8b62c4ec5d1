package dev.vitrine.store.cosmos;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationsContract;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;

class CosmosGenerationsTest extends GenerationsContract {

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
