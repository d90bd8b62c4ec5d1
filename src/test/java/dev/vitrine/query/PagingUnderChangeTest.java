package dev.vitrine.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Caller;
import dev.vitrine.access.Grants;
import dev.vitrine.contract.Role;
import dev.vitrine.entity.Revision;
import dev.vitrine.query.Shop.Row;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// A walk over all pages while the table changes: a commit of inserts, updates and deletes between any two pages.
class PagingUnderChangeTest {

    private static final Caller READER = new Caller("me", "me", Set.of("read"), Map.of());
    private static final Instant TIME = Instant.parse("2026-01-06T10:00:01Z");
    private static final int ROWS = 400;
    private static final int CHANGES = 60;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Shop shop = new Shop(List.of(new Role("read", null, Set.of("money", "secret"), Map.of())));
    private final Map<Long, Row> now = new TreeMap<>();
    private long version = 7;
    private long nextId = 2 * ROWS;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "id",
                "-id",
                "name",
                "-name",
                "balance",
                "-balance",
                "note",
                "-note",
                "place.region",
                "-place.region",
                "place.since",
                "-place.since",
                "extra.size",
                "-extra.size",
                "place.region,-name"
            })
    void everyEntityThatStaysAsItIsComesExactlyOnce(String sort) {
        walk(sort.isEmpty() ? List.of() : List.of(sort.split(",")));
    }

    @Test
    void sortedByKeyEveryEntityThatIsThereThroughoutComesOnce() {
        Set<Long> before = walk(List.of());
        assertThat(before).as("seed %d", seed).isNotEmpty();
    }

    /// The ids of all entities that were there throughout, changed or not.
    private Set<Long> walk(List<String> sort) {
        System.out.println("PagingUnderChangeTest seed " + seed);
        try (EntityStore store = EmbeddedStores.open(folder)) {
            for (long id = 0; id < ROWS; id++) {
                now.put(id * 2, row(id * 2));
            }
            shop.load(store, List.copyOf(now.values()));
            Entities entities = new StoredEntities(
                    store,
                    shop,
                    new Grants(),
                    new Cursors(new byte[32]),
                    new ReadBudget(100_000, Duration.ofSeconds(30)));
            Map<Long, Row> unchanged = new HashMap<>(now);
            Set<Long> throughout = new HashSet<>(now.keySet());
            List<Long> walked = new ArrayList<>();
            String cursor = null;
            do {
                Selection selection =
                        new Selection(List.of(), sort, 1 + random.nextInt(30), cursor, List.of("id"), false);
                EntityAnswer.Many page = entities.list(shop.product(), Shop.CUSTOMERS, selection, READER);
                page.items().forEach(item -> walked.add(id(item)));
                cursor = page.nextCursor();
                commit(store);
                unchanged.entrySet().removeIf(row -> now.get(row.getKey()) != row.getValue());
                throughout.retainAll(now.keySet());
            } while (cursor != null);

            assertThat(walked.stream().filter(unchanged::containsKey))
                    .as("seed %d, sorted by %s", seed, sort)
                    .containsExactlyInAnyOrderElementsOf(unchanged.keySet());
            assertThat(unchanged).as("the test has something to say").hasSizeGreaterThan(5);
            if (sort.isEmpty()) {
                assertThat(walked).as("seed %d", seed).doesNotHaveDuplicates().containsAll(throughout);
            }
            return throughout;
        }
    }

    /// About a third each: new rows, other values, and rows that go, among them such as came after the walk began.
    private void commit(EntityStore store) {
        List<Row> written = new ArrayList<>();
        List<Long> deleted = new ArrayList<>();
        List<Long> ids = new ArrayList<>(now.keySet());
        Collections.shuffle(ids, random);
        for (Long id : ids.subList(0, Math.min(ids.size() / 12, CHANGES))) {
            if (random.nextBoolean()) {
                written.add(row(id));
            } else {
                deleted.add(id);
            }
        }
        for (int i = random.nextInt(CHANGES / 2); i > 0; i--) {
            // between, and behind, those that are there
            long id = random.nextBoolean() ? 1 + 2L * random.nextInt(ROWS) : nextId++;
            if (!now.containsKey(id)) {
                written.add(row(id));
                now.put(id, written.getLast());
            }
        }
        written.forEach(row -> now.put((Long) row.id(), row));
        deleted.forEach(now::remove);
        shop.commit(store, written, deleted, new Revision(1, ++version, TIME.plusSeconds(version)));
    }

    /// Many nulls and many equal values.
    private Row row(long id) {
        return new Row(Arrays.asList(
                id,
                any("a", "b", "", "\uD83D\uDE00", "a" + random.nextInt(50), null),
                any(
                        new BigDecimal("1.50"),
                        new BigDecimal("-7.00"),
                        null,
                        new BigDecimal(random.nextInt(99)).setScale(2)),
                any("note", null, "z"),
                any("remark", null),
                any("EUROPE", "ASIA", null),
                any(LocalDate.of(2020, 1, 1 + random.nextInt(20)), null),
                any(1L, 2L, null, (long) random.nextInt(1000)),
                any("tag", null)));
    }

    @SafeVarargs
    private <T> @Nullable T any(@Nullable T... values) {
        return values[random.nextInt(values.length)];
    }

    private static long id(byte[] item) {
        return JsonMapper.shared()
                .readTree(new String(item, StandardCharsets.UTF_8))
                .path("id")
                .asLong();
    }
}
