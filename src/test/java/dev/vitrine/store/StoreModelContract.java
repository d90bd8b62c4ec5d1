package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import dev.vitrine.entity.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A store holds and finds what a plain model does, whatever commits, rebuilds, filters and orders come.
public abstract class StoreModelContract {

    private static final int ROUNDS = Integer.getInteger("vitrine.rounds", 30);
    private static final ReadBudget AMPLE = new ReadBudget(1_000_000, Duration.ofSeconds(30));

    private final long seed = Long.getLong("vitrine.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Things things = new Things(random);
    private final Model model = new Model();
    private int documents;

    /// A new and empty store.
    protected abstract EntityStore open() throws Exception;

    @Test
    void holdsAndFindsWhatAModelDoes() throws Exception {
        System.out.println("seed " + seed);
        try (EntityStore store = open()) {
            StoredTable table = store.table(Things.TABLE);
            long version = 1;
            rebuild(table, version);
            for (int round = 0; round < ROUNDS; round++) {
                version++;
                if (random.nextInt(8) == 0) {
                    rebuild(table, version);
                } else {
                    version = commit(table, version);
                }
                holdsTheSame(table);
                for (int query = 0; query < 20; query++) {
                    findsTheSame(table);
                }
            }
        }
    }

    private void rebuild(StoredTable table, long version) {
        List<EntityChange> rows = new ArrayList<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            rows.add(random.nextInt(20) == 0 ? unservable() : upserted(true));
        }
        model.rebuild(rows);
        try (GenerationWriter writer = table.rebuild()) {
            writer.add(revision(version), rows);
            assertThat(writer.seal()).isEqualTo(rows.size());
            writer.swap("id", revision(version), "file " + version);
        }
    }

    private long commit(StoredTable table, long first) {
        long version = first;
        try (ChangeWriter writer = table.changes()) {
            while (true) {
                List<EntityChange> changes = changes();
                model.apply(changes);
                writer.begin(revision(version));
                int half = changes.size() / 2;
                writer.apply(changes.subList(0, half));
                writer.apply(changes.subList(half, changes.size()));
                writer.end();
                if (random.nextBoolean()) {
                    writer.publish(revision(version), "file " + version);
                    return version;
                }
                version++;
            }
        }
    }

    private List<EntityChange> changes() {
        List<EntityChange> changes = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            switch (random.nextInt(10)) {
                case 0 -> changes.add(unservable());
                case 1, 2, 3 -> changes.add(new EntityChange.Deleted(key()));
                case 4, 5 -> {
                    Upserted again = upserted(true);
                    changes.add(new EntityChange.Deleted(again.key()));
                    changes.add(again);
                }
                default -> changes.add(upserted(random.nextInt(3) == 0));
            }
        }
        Collections.shuffle(changes, random);
        return changes;
    }

    private EntityKey key() {
        return EntityKey.of(things.value(Things.COLUMNS.getFirst()), things.value(Things.COLUMNS.get(1)));
    }

    private Upserted upserted(boolean insert) {
        List<@Nullable Object> indexed = new ArrayList<>();
        Things.COLUMNS.forEach(column -> indexed.add(things.valueOrNull(column)));
        EntityKey key = EntityKey.of(
                java.util.Objects.requireNonNull(indexed.getFirst()), java.util.Objects.requireNonNull(indexed.get(1)));
        return new Upserted(key, ("document " + documents++).getBytes(StandardCharsets.UTF_8), indexed, insert);
    }

    private EntityChange unservable() {
        return new EntityChange.Unservable(key(), Reason.VALUE_OUT_OF_TYPE, "too large", new byte[] {1});
    }

    private void holdsTheSame(StoredTable table) {
        assertThat(table.count(Filter.ALL, AMPLE).value()).as("seed %d", seed).isEqualTo(model.live.size());
        model.live.forEach((key, row) -> assertThat(table.get(key).value())
                .as("seed %d, key %s", seed, key)
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(found.entity().document()).isEqualTo(row.document())));
        model.withheld.forEach(key -> assertThat(table.get(key).value())
                .as("seed %d, key %s", seed, key)
                .isInstanceOf(Lookup.Withheld.class));
        assertThat(table.deadLetters(10_000).stream().map(DeadLetter::key).distinct())
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(model.withheld);
    }

    private void findsTheSame(StoredTable table) {
        Filter filter = things.filter(2);
        Order order = things.order();
        int limit = random.nextInt(1, 8);
        List<Upserted> expected = model.select(filter, order);
        List<Entity> found = new ArrayList<>();
        Page.Position after = null;
        do {
            Page page = table.page(new PageRequest(filter, order, after, limit), AMPLE)
                    .value();
            found.addAll(page.items());
            after = page.next();
            assertThat(after == null || page.items().size() == limit).isTrue();
        } while (after != null);
        assertThat(found.stream().map(Entity::key))
                .as("seed %d, %s, %s", seed, filter, order)
                .containsExactlyElementsOf(expected.stream().map(Upserted::key).toList());
        assertThat(table.count(filter, AMPLE).value())
                .as("seed %d, %s", seed, filter)
                .isEqualTo(expected.size());
    }

    private static Revision revision(long version) {
        return new Revision(0, version, Instant.EPOCH.plusSeconds(version));
    }
}
