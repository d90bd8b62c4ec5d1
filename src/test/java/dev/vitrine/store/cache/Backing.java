package dev.vitrine.store.cache;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.cosmos.CosmosStores;
import dev.vitrine.store.cosmos.server.CosmosServer;
import dev.vitrine.store.embedded.EmbeddedStores;
import dev.vitrine.store.redis.TestRedis;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// What stands behind a near cache.
enum Backing {
    EMBEDDED,
    EMBEDDED_BEHIND_REDIS,
    COSMOS_BEHIND_REDIS;

    /// @param folder of an embedded store
    Parts start(Path folder) {
        return new Parts(
                this == EMBEDDED ? null : new TestRedis(),
                this == COSMOS_BEHIND_REDIS ? CosmosServer.start() : null,
                folder);
    }

    /// One store with its caches, to be opened as often as there are processes.
    record Parts(@Nullable TestRedis redis, @Nullable CosmosServer cosmos, Path folder) implements AutoCloseable {

        EntityStore open(Clock clock) {
            EntityStore store = cosmos == null ? EmbeddedStores.open(folder, clock) : CosmosStores.open(cosmos, clock);
            return CachedStores.of(store, redis == null ? null : redis.open(CachedStores.PROPERTIES));
        }

        @Override
        public void close() {
            if (redis != null) {
                redis.close();
            }
            if (cosmos != null) {
                cosmos.close();
            }
        }
    }
}
