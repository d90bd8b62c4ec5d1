package dev.vitrine.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.OneRedis;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.StoreFixture;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.cache.CachedStores;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Redis goes and comes back, empty.
class RedisGoneTest extends StoreFixture {

    @TempDir
    Path folder;

    @Override
    protected EntityStore open(Clock clock) {
        return EmbeddedStores.open(folder, clock);
    }

    @Test
    void theStoreIsReadWithoutItAndItIsUsedAgainOnceItIsBack() {
        TestRedis.port();
        try (OneRedis server = new OneRedis();
                TestRedis connected = new TestRedis(server);
                EntityStore one = CachedStores.of(open(clock), connected.open(CachedStores.PROPERTIES));
                EntityStore other = CachedStores.of(open(clock), connected.open(CachedStores.PROPERTIES))) {
            StoredTable read = one.table(table.table());
            rebuild(1, insert(1, "one"));
            writer = other.table(table.table()).writer(2);
            until(() -> name(read).equals("one") && connected.kept().size() > 1);

            server.stop();
            for (long version = 2; version < 6; version++) {
                commit(version, update(1, "version " + version));
                assertThat(name(read)).isEqualTo("version " + version);
            }
            server.startAgain();

            until(() -> {
                commit(checkpoint().revision().version() + 1, update(1, "again"));
                return name(read).equals("again")
                        && connected.kept().values().stream()
                                .anyMatch(kept -> kept.value().contains("again"));
            });
        }
    }

    private static String name(StoredTable read) {
        return text(((Lookup.Found) read.get(EntityKey.of(1L)).value()).entity().document());
    }

    private static void until(BooleanSupplier wanted) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
