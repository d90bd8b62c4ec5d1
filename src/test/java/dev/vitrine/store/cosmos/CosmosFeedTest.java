package dev.vitrine.store.cosmos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.StoreFixture;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.cache.CachedStores;
import dev.vitrine.store.cosmos.server.CosmosServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A process that shares nothing with the worker but the account hears of changes by the change feed.
class CosmosFeedTest extends StoreFixture {

    private final CosmosServer server = CosmosServer.start();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Override
    protected EntityStore open(Clock clock) {
        return CosmosStores.open(server, clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatDidNotChangeIsNotReadAgainAndWhatDidIs() {
        rebuild(1, insert(1, "one"), insert(2, "two"), insert(3, "three"));
        EntityStore inner = CosmosStores.open(server, registry, clock);
        try (CosmosFeed feed = new CosmosFeed(inner);
                EntityStore other = CachedStores.of(inner, feed)) {
            StoredTable read = other.table(table.table());
            // until the feed is followed nothing is good for longer than its version
            until(() -> {
                name(read, 1);
                name(read, 3);
                commit(checkpoint().revision().version() + 1, update(2, "again"));
                rest();
                double before = gets();
                return name(read, 1).equals("one") && name(read, 3).equals("three") && gets() == before;
            });
            assertThat(read.get(EntityKey.of(1L)).asOf().revision())
                    .isEqualTo(checkpoint().revision());
            long version = checkpoint().revision().version();
            commit(version + 1, update(1, "eins"), delete(3));
            awaitVersion(read, version + 1);
            assertThat(name(read, 1)).isEqualTo("eins");
            assertThat(name(read, 3)).isEqualTo("absent");
            rest();
            double before = gets();
            assertThat(name(read, 3)).as("the tombstone told of it").isEqualTo("absent");
            for (long next = version + 2; next < version + 7; next++) {
                commit(next, update(1, "eins at " + next));
                awaitVersion(read, next);
                assertThat(name(read, 1)).isEqualTo("eins at " + next);
            }
            assertThat(gets()).isGreaterThan(before);
        }
    }

    private double gets() {
        return registry.get("vitrine.cosmos.request.units")
                .tags("entity", "shop/things", "operation", "get")
                .counter()
                .count();
    }

    /// Longer than the feed is looked at.
    private static void rest() {
        try {
            Thread.sleep(600);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitVersion(StoredTable read, long version) {
        until(() -> read.get(EntityKey.of(2L)).asOf().revision().version() >= version);
    }

    private static String name(StoredTable read, long id) {
        return read.get(EntityKey.of(id)).value() instanceof Lookup.Found found
                ? text(found.entity().document())
                : "absent";
    }

    private static void until(BooleanSupplier wanted) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
