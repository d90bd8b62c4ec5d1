package dev.vitrine.store.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import dev.vitrine.store.Answer;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.StoreFixture;
import dev.vitrine.store.StoreUnavailable;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.cache.CacheProperties.Invalidation;
import dev.vitrine.store.cache.CacheProperties.Kind;
import dev.vitrine.store.cache.CacheProperties.WriteThrough;
import dev.vitrine.store.embedded.EmbeddedStores;
import dev.vitrine.store.redis.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/// What the caches save, what they do while the store or Redis is gone, and that they forget.
class CacheTest extends StoreFixture {

    private static final PageRequest ALL = page(10);

    @TempDir
    Path folder;

    private final Interposed interposed = new Interposed();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private @Nullable TestRedis redis;

    @Override
    protected EntityStore open(Clock clock) {
        return store(null, Duration.ofMinutes(5));
    }

    private EntityStore store(@Nullable SharedCache shared, Duration stale) {
        CacheProperties properties = new CacheProperties(
                Kind.REDIS,
                DataSize.ofMegabytes(1),
                Duration.ofMinutes(5),
                stale,
                WriteThrough.CACHED,
                Duration.ofSeconds(10),
                Invalidation.DELTA);
        return new CachedStore(
                interposed.over(EmbeddedStores.open(folder, clock)),
                new Caches(properties, shared, registry, Duration.ZERO));
    }

    @AfterEach
    void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void readsWhatIsThereAndWhatIsNotOnceAsLongAsItDoesNotChange() {
        rebuild(1, insert(1, "one"), insert(2, "two"));
        // from the first commit on this process knows of all changes
        commit(2, insert(3, "three"));
        documents(1, 2, 9);
        int before = interposed.reads.get();
        assertThat(documents(1, 2, 9)).containsExactly("one", "two", "absent");
        commit(3, update(1, "eins"));
        assertThat(documents(2, 9)).containsExactly("two", "absent");
        assertThat(interposed.reads.get()).as("nothing of it changed").isEqualTo(before);
        assertThat(document(1)).isEqualTo("eins");
        assertThat(interposed.reads.get()).isEqualTo(before + 1);
    }

    @Test
    void readsAPageOnceAVersion() {
        rebuild(1, insert(1, "one"));
        table.page(ALL, AMPLE);
        table.page(ALL, AMPLE);
        assertThat(interposed.reads.get()).isEqualTo(1);
        commit(2, insert(2, "two"));
        assertThat(table.page(ALL, AMPLE).value().items()).hasSize(2);
        assertThat(table.page(ALL, AMPLE).asOf().revision().version()).isEqualTo(2);
        assertThat(interposed.reads.get()).isEqualTo(2);
    }

    @Test
    void readsSeveralPagesAndCountsOnceAVersion() {
        rebuild(1, insert(1, "one"), insert(2, "two"));
        PageRequest first = page(1);
        table.page(first, AMPLE);
        table.count(Filter.ALL, AMPLE);
        assertThat(interposed.reads.get()).isEqualTo(2);
        Answer<List<Page>> pages = table.pages(List.of(first, ALL, first), AMPLE);
        assertThat(pages.value()).extracting(page -> page.items().size()).containsExactly(1, 2, 1);
        assertThat(table.pages(List.of(ALL, first), AMPLE).value()).hasSize(2);
        assertThat(interposed.reads.get()).as("the page that was not kept yet").isEqualTo(3);
        Filter none = Filter.NONE;
        assertThat(table.counts(List.of(none, Filter.ALL), AMPLE).value()).containsExactly(0L, 2L);
        assertThat(table.counts(List.of(Filter.ALL, none), AMPLE).value()).containsExactly(2L, 0L);
        assertThat(interposed.reads.get()).isEqualTo(4);

        commit(2, insert(3, "three"));
        Answer<List<Page>> next = table.pages(List.of(first, ALL), AMPLE);
        assertThat(next.value()).extracting(page -> page.items().size()).containsExactly(1, 3);
        assertThat(next.asOf().revision().version()).isEqualTo(2);
        assertThat(table.counts(List.of(Filter.ALL), AMPLE).value()).containsExactly(3L);
    }

    @Test
    void loadsAKeyOnceHoweverManyWaitForIt() throws Exception {
        loadsOnce(() -> table.get(EntityKey.of(1L)));
    }

    @Test
    void loadsManyKeysOnceHoweverManyWaitForThem() throws Exception {
        loadsOnce(() -> table.getAll(List.of(EntityKey.of(1L), EntityKey.of(2L))));
    }

    private void loadsOnce(Runnable read) throws Exception {
        rebuild(1, insert(1, "one"), insert(2, "two"));
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        interposed.rest = () -> {
            loading.countDown();
            letGo.await();
        };
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            readers.add(Thread.ofPlatform().start(read));
        }
        loading.await();
        // those who are not waiting yet find it kept
        letGo.countDown();
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(interposed.reads.get()).isEqualTo(1);
    }

    @Test
    void keepsNoMoreThanItMay() {
        String large = "x".repeat(50_000);
        var rows = new EntityChange[60];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = insert(i, large);
        }
        rebuild(1, rows);
        for (long key = 0; key < rows.length; key++) {
            document(key);
        }
        until(() -> registry.get("vitrine.cache.near.bytes").gauge().value() <= 1 << 20);
        assertThat(registry.get("vitrine.cache.near.bytes").gauge().value()).isPositive();
    }

    @Test
    void servesWhatIsKeptWhileTheStoreIsOutOfReachAndSaysHowOldItIs() throws Exception {
        rebuild(1, insert(1, "one"), insert(2, "two"));
        document(1);
        interposed.gone = true;
        assertThat(document(1)).isEqualTo("one");
        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> document(2));
        Thread.sleep(1100);
        Answer<Lookup> stale = table.get(EntityKey.of(1L));
        assertThat(stale.age()).isGreaterThan(Duration.ofSeconds(1));
        assertThat(stale.asOf().revision().version()).isEqualTo(1);
        interposed.gone = false;
        until(() -> table.get(EntityKey.of(1L)).age().isZero());
        assertThat(document(2)).isEqualTo("two");
    }

    @Test
    void servesNothingFromBeforeTheStatedLimit() throws Exception {
        rebuild(1, insert(1, "one"));
        try (EntityStore other = store(null, Duration.ofMillis(300))) {
            StoredTable read = other.table(table.table());
            read.get(EntityKey.of(1L));
            interposed.gone = true;
            Thread.sleep(350);
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> read.get(EntityKey.of(1L)));
            interposed.gone = false;
        }
    }

    @Test
    void otherProcessesFindInRedisWhatOneHasRead() {
        try (EntityStore one = shared();
                EntityStore other = shared()) {
            StoredTable first = one.table(table.table());
            StoredTable second = other.table(table.table());
            rebuild(1, insert(1, "one"), insert(2, "two"));
            writer = first.writer(2);
            // each hears of the table once it has asked for it
            until(() -> second.get(EntityKey.of(2L)).value() instanceof Lookup.Found && keptIn("two"));
            until(() -> {
                first.get(EntityKey.of(1L));
                return keptIn("one");
            });
            int before = interposed.reads.get();
            assertThat(second.get(EntityKey.of(1L)).value()).isInstanceOf(Lookup.Found.class);
            assertThat(interposed.reads.get()).isEqualTo(before);
            Filter named = Filter.NONE;
            until(() -> {
                first.pages(List.of(ALL, page(1)), AMPLE);
                first.counts(List.of(Filter.ALL, named), AMPLE);
                int reads = interposed.reads.get();
                return second.pages(List.of(page(1), ALL), AMPLE)
                                        .value()
                                        .getLast()
                                        .items()
                                        .size()
                                == 2
                        && second.counts(List.of(named, Filter.ALL), AMPLE)
                                .value()
                                .equals(List.of(0L, 2L))
                        && interposed.reads.get() == reads;
            });
            commit(2, update(1, "eins"));
            assertThat(keptIn("eins")).as("written through").isTrue();
            until(() -> second.get(EntityKey.of(1L)).value() instanceof Lookup.Found found
                    && text(found.entity().document()).equals("eins"));
        }
    }

    @Test
    void aDeleteLeavesNoCopyAndNothingIsKeptForLongerThanFiveMinutes() {
        try (EntityStore one = shared()) {
            StoredTable read = one.table(table.table());
            rebuild(1, insert(1, "secret"), insert(2, "two"));
            writer = read.writer(2);
            until(() -> {
                read.get(EntityKey.of(1L));
                return keptIn("secret");
            });
            commit(2, delete(1));
            assertThat(keptIn("secret")).isFalse();
            assertThat(read.get(EntityKey.of(1L)).value()).isEqualTo(new Lookup.Absent());
            assertThat(Objects.requireNonNull(redis).kept()).allSatisfy((key, kept) -> {
                if (!key.endsWith(":at")) {
                    assertThat(kept.millisLeft())
                            .isBetween(1L, Duration.ofMinutes(5).toMillis());
                }
            });
        }
    }

    private static PageRequest page(int limit) {
        return new PageRequest(Filter.ALL, Order.BY_KEY, null, limit);
    }

    private EntityStore shared() {
        TestRedis open = redis == null ? new TestRedis() : redis;
        redis = open;
        return store(open.open(CachedStores.PROPERTIES), Duration.ofMinutes(5));
    }

    private boolean keptIn(String document) {
        return Objects.requireNonNull(redis).kept().values().stream()
                .anyMatch(kept -> kept.value().contains(document));
    }

    private static void until(BooleanSupplier wanted) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
