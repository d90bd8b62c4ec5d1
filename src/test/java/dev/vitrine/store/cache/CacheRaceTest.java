package dev.vitrine.store.cache;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.embedded.EmbeddedStores;
import dev.vitrine.store.redis.TestRedis;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Readers of two processes fill caches while a third one writes, each resting at random wherever a load is under way:
/// no answer is older than the version that it says, and nothing stale stays.
class CacheRaceTest extends StoreFixture {

    private static final int KEYS = 6;
    private static final int COMMITS = Integer.getInteger("vitrine.commits", 400);
    private static final int READERS = 4;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("vitrine.seed", System.nanoTime());
    private final ConcurrentMap<Long, List<Written>> history = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicLong reads = new AtomicLong();
    private volatile boolean done;
    private @Nullable TestRedis redis;

    /// @param document null: deleted
    private record Written(long version, @Nullable String document) {}

    @Override
    protected EntityStore open(Clock clock) {
        return EmbeddedStores.open(folder, clock);
    }

    @AfterEach
    void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noStaleValueStays(boolean shared) throws Exception {
        System.out.println("seed " + seed);
        redis = shared ? new TestRedis() : null;
        rebuild(1);
        EntityStore writing = cached();
        List<EntityStore> reading = shared ? List.of(cached(), cached()) : List.of(writing);
        writer = writing.table(table.table()).writer(2);
        for (long key = 0; key < KEYS; key++) {
            history.put(key, new CopyOnWriteArrayList<>(List.of(new Written(1, null))));
        }
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            StoredTable from = reading.get(i % reading.size()).table(table.table());
            readers.add(Thread.ofPlatform().start(() -> read(from)));
        }
        write();
        done = true;
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(wrong).as("seed %d", seed).isEmpty();
        for (EntityStore store : reading) {
            settled(store.table(table.table()));
        }
        System.out.println(reads + " reads beside " + COMMITS + " commits");
        assertThat(reads.get()).isGreaterThan(COMMITS);
        for (EntityStore store : reading) {
            store.close();
        }
        if (shared) {
            writing.close();
        }
    }

    private EntityStore cached() {
        Interposed slow = new Interposed();
        slow.rest =
                () -> Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(4_000_000)));
        return CachedStores.of(
                slow.over(EmbeddedStores.open(folder, clock)),
                redis == null ? null : redis.open(CachedStores.PROPERTIES),
                Duration.ofMillis(30));
    }

    private void write() throws InterruptedException {
        Random random = new Random(seed);
        for (long version = 2; version < COMMITS + 2; version++) {
            List<EntityChange> changes = new ArrayList<>();
            for (long key = 0; key < KEYS; key++) {
                if (random.nextInt(3) == 0) {
                    changes.add(change(key, version, random));
                }
            }
            commit(version, changes.toArray(EntityChange[]::new));
            Thread.sleep(random.nextInt(6));
        }
    }

    /// Noted before it is written: a reader may see it before it is told.
    private EntityChange change(long key, long version, Random random) {
        List<Written> before = Objects.requireNonNull(history.get(key));
        boolean live = before.getLast().document() != null;
        boolean delete = live && random.nextInt(4) == 0;
        String document = delete ? null : key + " at " + version;
        before.add(new Written(version, document));
        return document == null ? delete(key) : live ? update(key, document) : insert(key, document);
    }

    private void read(StoredTable from) {
        PageRequest all = new PageRequest(Filter.ALL, Order.BY_KEY, null, 100);
        while (!done) {
            long key = ThreadLocalRandom.current().nextLong(KEYS);
            if (ThreadLocalRandom.current().nextInt(20) == 0) {
                Answer<Page> page = from.page(all, AMPLE);
                for (long each = 0; each < KEYS; each++) {
                    EntityKey wanted = EntityKey.of(each);
                    check(
                            each,
                            page.asOf().revision().version(),
                            page.value().items().stream()
                                    .filter(item -> item.key().equals(wanted))
                                    .map(item -> text(item.document()))
                                    .findFirst()
                                    .orElse(null));
                }
            } else {
                Answer<Lookup> answer = from.get(EntityKey.of(key));
                check(
                        key,
                        answer.asOf().revision().version(),
                        answer.value() instanceof Lookup.Found found
                                ? text(found.entity().document())
                                : null);
            }
            reads.incrementAndGet();
        }
    }

    /// It may be what was true at the version or later.
    private void check(long key, long version, @Nullable String document) {
        List<Written> all = List.copyOf(Objects.requireNonNull(history.get(key)));
        boolean fits = false;
        for (int i = 0; i < all.size(); i++) {
            boolean over = i + 1 < all.size() && all.get(i + 1).version() <= version;
            fits |= !over && Objects.equals(all.get(i).document(), document);
        }
        if (!fits) {
            wrong.add("key %d at %d was %s".formatted(key, version, document));
        }
    }

    /// Everybody sees the end, soon and from then on.
    private void settled(StoredTable read) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (read.get(EntityKey.of(0L)).asOf().revision().version() < COMMITS + 1) {
            assertThat(System.nanoTime()).as("the last commit is seen").isLessThan(deadline);
            Thread.sleep(5);
        }
        for (int round = 0; round < 3; round++) {
            for (long key = 0; key < KEYS; key++) {
                String last = Objects.requireNonNull(history.get(key)).getLast().document();
                Lookup now = read.get(EntityKey.of(key)).value();
                assertThat(
                                now instanceof Lookup.Found found
                                        ? text(found.entity().document())
                                        : null)
                        .as("key %d, seed %d", key, seed)
                        .isEqualTo(last);
            }
        }
    }
}
