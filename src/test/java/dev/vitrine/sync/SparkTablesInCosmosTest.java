package dev.vitrine.sync;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.cache.CachedStores;
import dev.vitrine.store.cosmos.CosmosStores;
import dev.vitrine.store.cosmos.server.CosmosServer;
import dev.vitrine.store.redis.TestRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/// The same through the store in Cosmos DB, with Redis and a near cache in front.
class SparkTablesInCosmosTest extends SparkTablesTest {

    private final TestRedis redis = new TestRedis();
    private final CosmosServer server = CosmosServer.start();

    @Override
    EntityStore openStore(Path below) {
        return CachedStores.of(CosmosStores.open(server), redis.open(CachedStores.PROPERTIES));
    }

    // What follows is the worker's affair, whatever the store: not again.

    @Override
    void releasingEachCommitThatRemovesNearlyEverythingLeadsToWhatSparkReads(String name) {}

    @Override
    void catchesUpWithManyCommitsAtOnce() {}

    @Override
    void loadsAnewAcrossAGapOfTheFeed() {}

    @Override
    void loadsAnewWhenTheLogWasCleanedPastTheCheckpoint() {}

    @Override
    void servesWhatItHasWhileTheTableIsAwayOrCorruptAndGoesOnAfterwards() {}

    @AfterEach
    void stop() {
        redis.close();
        server.close();
    }
}
