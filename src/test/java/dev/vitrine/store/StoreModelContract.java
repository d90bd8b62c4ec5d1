package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A store holds and finds what a plain model does, whatever commits, rebuilds, filters and orders come, and wherever
/// its process is killed.
public abstract class StoreModelContract {

    private static final ReadBudget AMPLE = new ReadBudget(1_000_000, Duration.ofSeconds(30));

    private final long seed = Long.getLong("vitrine.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Things things = new Things(random);
    private final Gold gold = new Gold(random);
    private Model served = new Model();
    private long servedVersion = -1;
    private boolean diverged;
    private @Nullable Loading loading;

    @SuppressWarnings("NullAway.Init")
    private EntityStore store;

    @SuppressWarnings("NullAway.Init")
    private StoredTable table;

    @SuppressWarnings("NullAway.Init")
    private TableWriter writer;

    /// The same store each time, as another process would open it; empty at first. Whatever a load is told to keep is
    /// kept at once.
    protected abstract EntityStore open() throws Exception;

    /// The table that is stored.
    protected GoldTable table() {
        return Things.TABLE;
    }

    /// How many steps are tried.
    protected int rounds() {
        return Integer.getInteger("vitrine.rounds", 150);
    }

    /// A generation that is being filled, and what it should hold.
    ///
    /// @param files that are to be in it
    private static final class Loading {
        final GenerationWriter writer;
        final long origin;
        final List<List<EntityChange>> files;
        final Model model;
        int kept;
        boolean sealed;
        long version;

        Loading(GenerationWriter writer, long origin, List<List<EntityChange>> files, Model model) {
            this.writer = writer;
            this.origin = origin;
            this.files = files;
            this.model = model;
            this.version = origin;
        }

        Loading reopened(GenerationWriter again) {
            Loading loading = new Loading(again, origin, files, model);
            loading.kept = kept;
            loading.sealed = sealed;
            loading.version = version;
            return loading;
        }
    }

    @Test
    void holdsAndFindsWhatAModelDoes() throws Exception {
        System.out.println("seed " + seed);
        start(1);
        for (int round = 0; round < rounds(); round++) {
            switch (random.nextInt(10)) {
                case 0 -> kill(round + 2L);
                case 1, 2 -> gold.commit(!diverged && random.nextBoolean());
                case 3, 4, 5 -> follow();
                default -> load();
            }
            if (servedVersion >= 0) {
                holdsTheSame();
                for (int query = 0; query < 4; query++) {
                    findsTheSame();
                }
            }
        }
        store.close();
    }

    private void start(long token) throws Exception {
        store = open();
        table = store.table(table());
        writer = table.writer(token);
    }

    /// The process ends wherever it is, and another goes on.
    private void kill(long token) throws Exception {
        Loading before = loading;
        if (before != null) {
            before.writer.close();
        }
        store.close();
        start(token);
        if (before != null) {
            GenerationWriter again = writer.unfinished().orElseThrow();
            assertThat(again.origin()).as("seed %d", seed).isEqualTo(Gold.origin(before.origin));
            assertThat(again.kept().files()).as("seed %d", seed).isEqualTo(before.kept);
            assertThat(again.kept().sealed()).as("seed %d", seed).isEqualTo(before.sealed);
            loading = before.reopened(again);
        }
    }

    /// Applies some commits to what is served, or takes them back.
    private void follow() {
        if (servedVersion < 0 || servedVersion == gold.version()) {
            return;
        }
        boolean published = random.nextInt(4) > 0;
        long version = servedVersion;
        try (ChangeWriter changes = writer.changes()) {
            boolean wholeRows = diverged || table.withholds() || random.nextBoolean();
            boolean letters = false;
            while (version < gold.version() && (wholeRows || !letters) && random.nextInt(4) > 0) {
                version++;
                if (published && version == gold.version() && isFlawless() && random.nextInt(4) == 0) {
                    changes.reject(Gold.revision(version));
                    diverged = true;
                } else {
                    letters |= apply(changes, version, wholeRows, published ? served : null) > 0;
                }
            }
            if (published && version > servedVersion) {
                changes.publish(Gold.revision(version), "file " + version);
                servedVersion = version;
            }
        }
    }

    /// Whether no key has several rows: with some of them lost, a store would be free to choose.
    private boolean isFlawless() {
        return !gold.isFlawed() && served.letters().isEmpty();
    }

    private long apply(ChangeWriter to, long version, boolean wholeRows, @Nullable Model model) {
        List<EntityChange> changes = gold.changes(version, wholeRows);
        to.begin(Gold.revision(version));
        int half = changes.size() / 2;
        to.apply(changes.subList(0, half));
        to.apply(changes.subList(half, changes.size()));
        CommitEffect effect = to.end();
        assertThat(effect.rows()).isEqualTo(changes.size());
        if (model != null) {
            check(effect, changes, model);
        }
        return effect.letters();
    }

    private void check(CommitEffect effect, List<EntityChange> changes, Model model) {
        Map<EntityKey, Upserted> before = model.live();
        Map<EntityKey, Long> withheld =
                model.letters().stream().collect(Collectors.groupingBy(Model::key, Collectors.counting()));
        model.apply(changes, model == served && diverged);
        long removed = before.keySet().stream()
                .filter(key -> model.copies(key).isEmpty())
                .count();
        Map<EntityKey, Long> written = changes.stream()
                .filter(row -> !(row instanceof EntityChange.Deleted))
                .filter(row -> !model.live().containsKey(Model.key(row)))
                .collect(Collectors.groupingBy(Model::key, Collectors.counting()));
        // Of a key that was withheld, only the rows that it has more are new.
        long letters = written.entrySet().stream()
                .mapToLong(rows -> withheld.containsKey(rows.getKey())
                        ? Math.max(0, model.copies(rows.getKey()).size() - withheld.get(rows.getKey()))
                        : rows.getValue())
                .sum();
        assertThat(effect)
                .as("seed %d", seed)
                .isEqualTo(new CommitEffect(changes.size(), letters, before.size(), removed));
    }

    /// Takes a load one step further.
    private void load() {
        Loading now = loading;
        if (now == null) {
            loading = startLoad();
        } else if (now.kept < now.files.size()) {
            addFile(now);
        } else if (!now.sealed) {
            seal(now);
        } else if (now.version < servedVersion || now.version < gold.version() && random.nextBoolean()) {
            catchUp(now);
        } else {
            swap(now);
        }
    }

    private Loading startLoad() {
        List<List<EntityChange>> files = new ArrayList<>();
        List<EntityChange> rows = gold.snapshot();
        for (int from = 0; from < rows.size(); ) {
            int to = Math.min(rows.size(), from + random.nextInt(1, 30));
            files.add(rows.subList(from, to));
            from = to;
        }
        Model model = new Model();
        model.load(rows);
        return new Loading(writer.rebuild(Gold.origin(gold.version())), gold.version(), files, model);
    }

    private void addFile(Loading now) {
        List<EntityChange> file = now.files.get(now.kept);
        int half = random.nextInt(file.size() + 1);
        now.writer.add(file.subList(0, half));
        if (random.nextInt(10) == 0) {
            // killed in the middle of a file
            now.writer.close();
            loading = now.reopened(writer.unfinished().orElseThrow());
        } else {
            now.writer.add(file.subList(half, file.size()));
            now.kept++;
            now.writer.keep(now.kept);
        }
    }

    private void seal(Loading now) {
        Sealed sealed = now.writer.seal();
        int rows = now.model.all().size();
        assertThat(sealed)
                .as("seed %d", seed)
                .isEqualTo(new Sealed(rows, now.model.letters().size()));
        now.sealed = true;
        assertThat(now.writer.checkpoint().entities())
                .isEqualTo(now.model.live().size());
    }

    private void catchUp(Loading now) {
        boolean published = random.nextInt(4) > 0;
        try (ChangeWriter changes = now.writer.changes()) {
            apply(changes, now.version + 1, true, published ? now.model : null);
            if (published) {
                now.version++;
                changes.publish(Gold.revision(now.version), "file " + now.version);
            }
        }
    }

    private void swap(Loading now) {
        long removed = served.live().keySet().stream()
                .filter(key -> now.model.copies(key).isEmpty())
                .count();
        assertThat(now.writer.removed()).as("seed %d", seed).isEqualTo(removed);
        now.writer.swap();
        now.writer.close();
        served = now.model;
        servedVersion = now.version;
        diverged = false;
        loading = null;
    }

    private void holdsTheSame() {
        Map<EntityKey, Upserted> live = served.live();
        Checkpoint checkpoint = table.checkpoint().orElseThrow();
        assertThat(checkpoint.revision()).as("seed %d", seed).isEqualTo(Gold.revision(servedVersion));
        assertThat(checkpoint.entities()).as("seed %d", seed).isEqualTo(live.size());
        assertThat(checkpoint.divergedSince() != null).isEqualTo(diverged);
        assertThat(table.count(Filter.ALL, AMPLE).value()).as("seed %d", seed).isEqualTo(live.size());
        live.forEach((key, row) -> assertThat(table.get(key).value())
                .as("seed %d, key %s", seed, key)
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(found.entity().document()).isEqualTo(row.document())));
        List<EntityChange> letters = served.letters();
        letters.forEach(row -> assertThat(table.get(Model.key(row)).value())
                .as("seed %d, %s", seed, row)
                .isInstanceOf(Lookup.Withheld.class));
        assertThat(table.deadLetters(Long.MAX_VALUE, 10_000))
                .as("seed %d", seed)
                .extracting(letter -> letter.key() + " " + text(letter.row()))
                .containsExactlyInAnyOrderElementsOf(letters.stream()
                        .map(row -> Model.key(row) + " " + text(Model.bytes(row)))
                        .toList());
        assertThat(table.withholds()).isEqualTo(!letters.isEmpty());
    }

    private static String text(byte[] row) {
        return new String(row, StandardCharsets.UTF_8);
    }

    private void findsTheSame() {
        Filter filter = things.filter(2);
        Order order = things.order();
        int limit = random.nextInt(1, 8);
        List<Upserted> expected = served.select(filter, order);
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
}
