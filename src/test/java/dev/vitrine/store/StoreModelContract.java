package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A store holds and finds what a plain model does, whatever commits, rebuilds, filters and orders come.
public abstract class StoreModelContract {

    private static final ReadBudget AMPLE = new ReadBudget(1_000_000, Duration.ofSeconds(30));

    private final long seed = Long.getLong("vitrine.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Things things = new Things(random);
    private final Model model = new Model();
    private int documents;

    /// A new and empty store.
    protected abstract EntityStore open() throws Exception;

    /// How many commits and rebuilds are tried.
    protected int rounds() {
        return Integer.getInteger("vitrine.rounds", 30);
    }

    @Test
    void holdsAndFindsWhatAModelDoes() throws Exception {
        System.out.println("seed " + seed);
        try (EntityStore store = open()) {
            StoredTable table = store.table(Things.TABLE);
            TableWriter writer = table.writer(1);
            long version = 1;
            rebuild(writer, version);
            for (int round = 0; round < rounds(); round++) {
                version++;
                if (random.nextInt(8) == 0) {
                    rebuild(writer, version);
                } else {
                    version = commit(writer, version);
                }
                holdsTheSame(table);
                for (int query = 0; query < 20; query++) {
                    findsTheSame(table);
                }
            }
        }
    }

    private void rebuild(TableWriter writer, long version) {
        List<EntityChange> rows = new ArrayList<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            rows.add(random.nextInt(20) == 0 ? unservable(key()) : upserted(key(), true));
        }
        model.rebuild(rows);
        try (GenerationWriter load = writer.rebuild(new Origin("id", revision(version), "file " + version))) {
            load.add(rows);
            assertThat(load.seal().rows()).isEqualTo(rows.size());
            load.swap();
        }
    }

    private long commit(TableWriter writer, long first) {
        long version = first;
        try (ChangeWriter commit = writer.changes()) {
            while (true) {
                List<EntityChange> changes = changes();
                model.apply(changes);
                commit.begin(revision(version));
                int half = changes.size() / 2;
                commit.apply(changes.subList(0, half));
                commit.apply(changes.subList(half, changes.size()));
                commit.end();
                if (random.nextBoolean()) {
                    commit.publish(revision(version), "file " + version);
                    return version;
                }
                version++;
            }
        }
    }

    private List<EntityChange> changes() {
        Map<EntityKey, List<EntityChange>> commit = new HashMap<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            commit.computeIfAbsent(key(), this::changes);
        }
        List<EntityChange> changes =
                new ArrayList<>(commit.values().stream().flatMap(List::stream).toList());
        Collections.shuffle(changes, random);
        return changes;
    }

    /// What a commit can do to a key: update its one row, or delete some of its rows and insert others.
    private List<EntityChange> changes(EntityKey key) {
        List<EntityChange> before = model.copies(key);
        if (before.size() < 2 && random.nextInt(3) == 0) {
            return List.of(upserted(key, false));
        }
        List<EntityChange> changes = new ArrayList<>();
        for (EntityChange row : before) {
            if (random.nextInt(3) > 0) {
                boolean alone = before.size() == 1;
                changes.add(new Deleted(key, alone && random.nextBoolean() ? null : Model.bytes(row)));
            }
        }
        for (int i = random.nextInt(5) / 2; i > 0; i--) {
            changes.add(random.nextInt(6) == 0 ? unservable(key) : upserted(key, true));
        }
        if (before.isEmpty() && random.nextInt(10) == 0) {
            changes.add(new Deleted(key));
        }
        return changes;
    }

    private EntityKey key() {
        return EntityKey.of(things.value(Things.COLUMNS.getFirst()), things.value(Things.COLUMNS.get(1)));
    }

    private Upserted upserted(EntityKey key, boolean insert) {
        List<@Nullable Object> indexed = new ArrayList<>(key.values());
        Things.COLUMNS.stream().skip(2).forEach(column -> indexed.add(things.valueOrNull(column)));
        return new Upserted(key, ("document " + documents++).getBytes(StandardCharsets.UTF_8), indexed, insert);
    }

    private EntityChange unservable(EntityKey key) {
        byte[] row = ("row " + documents++).getBytes(StandardCharsets.UTF_8);
        return new EntityChange.Unservable(key, Reason.VALUE_OUT_OF_TYPE, "too large", row);
    }

    private void holdsTheSame(StoredTable table) {
        Map<EntityKey, Upserted> live = model.live();
        assertThat(table.count(Filter.ALL, AMPLE).value()).as("seed %d", seed).isEqualTo(live.size());
        assertThat(table.checkpoint().orElseThrow().entities())
                .as("seed %d", seed)
                .isEqualTo(live.size());
        live.forEach((key, row) -> assertThat(table.get(key).value())
                .as("seed %d, key %s", seed, key)
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(found.entity().document()).isEqualTo(row.document())));
        List<EntityChange> letters = model.letters();
        letters.forEach(row -> assertThat(table.get(Model.key(row)).value())
                .as("seed %d, %s", seed, row)
                .isInstanceOf(Lookup.Withheld.class));
        assertThat(table.deadLetters(Long.MAX_VALUE, 10_000))
                .as("seed %d", seed)
                .extracting(letter -> letter.key() + " " + text(letter.row()))
                .containsExactlyInAnyOrderElementsOf(letters.stream()
                        .map(row -> Model.key(row) + " " + text(Model.bytes(row)))
                        .toList());
    }

    private static String text(byte[] row) {
        return new String(row, StandardCharsets.UTF_8);
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
