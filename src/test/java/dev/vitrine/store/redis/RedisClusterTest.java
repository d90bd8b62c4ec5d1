package dev.vitrine.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.RedisNodes;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.StoreFixture;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.cache.CachedStores;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The nodes of a cluster share what is kept, and every process hears of changes whichever node it is told them by.
class RedisClusterTest extends StoreFixture {

    private static final int KEYS = 40;

    @TempDir
    Path folder;

    @Override
    protected EntityStore open(Clock clock) {
        return EmbeddedStores.open(folder, clock);
    }

    @Test
    void oneProcessWritesThroughAndAnotherReads() {
        try (TestRedis connected = new TestRedis(RedisNodes.connect());
                EntityStore one = CachedStores.of(open(clock), connected.open(CachedStores.PROPERTIES));
                EntityStore other = CachedStores.of(open(clock), connected.open(CachedStores.PROPERTIES))) {
            StoredTable read = one.table(table.table());
            rebuild(1, insert(1, "one"));
            for (long key = 2; key <= KEYS; key++) {
                commit(key, insert(key, "row " + key));
            }
            writer = other.table(table.table()).writer(2);
            List<EntityKey> keys =
                    LongStream.rangeClosed(1, KEYS).mapToObj(EntityKey::of).toList();
            PageRequest page = new PageRequest(Filter.ALL, Order.BY_KEY, null, KEYS);
            until(() -> {
                read.getAll(keys);
                read.page(page, AMPLE);
                return connected.kept().size() >= KEYS + 2;
            });

            for (long version = KEYS + 1; version < KEYS + 20; version++) {
                String label = "version " + version;
                commit(version, update(version - KEYS, label));
                EntityKey changed = EntityKey.of(version - KEYS);
                assertThat(name(read.get(changed).value())).isEqualTo(label);
                assertThat(connected.kept().values())
                        .as("written through")
                        .anySatisfy(kept -> assertThat(kept.value()).contains(label));
            }
            assertThat(read.getAll(keys).value())
                    .extracting(RedisClusterTest::name)
                    .contains("version " + (KEYS + 19));
        }
    }

    private static String name(Lookup lookup) {
        return text(((Lookup.Found) lookup).entity().document());
    }

    private static void until(BooleanSupplier wanted) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
