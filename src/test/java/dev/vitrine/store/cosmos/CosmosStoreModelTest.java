package dev.vitrine.store.cosmos;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreModelContract;
import dev.vitrine.store.cosmos.server.CosmosServer;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;

/// Rows, filters and orders at random, over three partition key ranges, a hierarchy of partitions and short pages.
class CosmosStoreModelTest extends StoreModelContract {

    private final TestAccount account = TestAccount.start(new CosmosServer.Options(3, 7, "Session", 1));

    @Override
    protected EntityStore open() {
        return account.open(Clock.systemUTC());
    }

    @Override
    protected GoldTable table() {
        return Partitions.by(super.table(), 0);
    }

    /// Each query takes several requests: fewer rounds than in a store on this machine.
    @Override
    protected int rounds() {
        return Integer.getInteger("vitrine.rounds", 25);
    }

    @AfterEach
    void stop() {
        account.close();
    }
}
