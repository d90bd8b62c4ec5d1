package dev.vitrine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.ColumnFields;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Origin;
import dev.vitrine.store.TableWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random rows of random sizes come, change and go; after each tidying the files hold those that are left, and no
/// other.
class TracesTest {

    private static final int ROUNDS = Boolean.getBoolean("vitrine.long") ? 200 : 15;
    private static final int KEYS = 3_000;
    private static final IndexedColumn ID =
            new IndexedColumn(List.of("id"), new FieldType.IntegerType(false, null, null));
    private static final IndexedColumn NAME = new IndexedColumn(List.of("name"), FieldType.StringType.any());
    private static final GoldTable TABLE = new GoldTable(
            "shop",
            "people",
            "/lake/people",
            ColumnFields.of(List.of(ID, NAME)),
            List.of(ID),
            List.of(ID, NAME),
            List.of(),
            0.5,
            Duration.ofMinutes(1),
            null);
    private static final Pattern PERSON = Pattern.compile("<person (\\d+)>");

    @TempDir
    Path folder;

    private final long seed = Long.getLong("vitrine.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /// Numbers of persons by key.
    private final Map<Long, Long> people = new HashMap<>();

    private long persons;

    @Test
    void noTraceIsLeftOfADeletedRow() throws Exception {
        System.out.println("seed " + seed);
        try (EntityStore store = EmbeddedStores.open(folder)) {
            TableWriter writer = store.table(TABLE).writer(1);
            load(writer);
            for (int round = 0; round < ROUNDS; round++) {
                commit(writer, round + 2);
                writer.tidy(Instant.EPOCH);
                assertThat(found()).as("seed %d, round %d", seed, round).isEqualTo(new HashSet<>(people.values()));
            }
        }
        checkFile();
    }

    private void load(TableWriter writer) {
        List<EntityChange> rows = new ArrayList<>();
        for (long id = 0; id < KEYS; id += 2) {
            rows.add(row(id));
        }
        try (GenerationWriter load = writer.rebuild(new Origin("id", revision(1), "file"))) {
            load.add(rows);
            load.seal();
            load.swap();
        }
    }

    private void commit(TableWriter writer, long version) {
        Map<Long, EntityChange> changes = new HashMap<>();
        boolean dense = random.nextBoolean();
        int from = random.nextInt(KEYS);
        for (int i = random.nextInt(KEYS / 2); i >= 0; i--) {
            long id = dense ? (from + i) % KEYS : random.nextInt(KEYS);
            boolean deletes = random.nextInt(3) == 0;
            if (deletes) {
                people.remove(id);
            }
            changes.put(id, deletes ? new Deleted(EntityKey.of(id)) : row(id));
        }
        // what is overwritten goes with the next row that is deleted
        long last = people.keySet().iterator().next();
        people.remove(last);
        changes.put(last, new Deleted(EntityKey.of(last)));
        try (ChangeWriter commit = writer.changes()) {
            commit.begin(revision(version));
            commit.apply(List.copyOf(changes.values()));
            commit.end();
            commit.publish(revision(version), "file");
        }
    }

    private Upserted row(long id) {
        long person = persons++;
        people.put(id, person);
        String name = "<person " + person + ">";
        String document = name + "x".repeat(random.nextInt(random.nextInt(5) == 0 ? 9000 : 600));
        return new Upserted(EntityKey.of(id), document.getBytes(StandardCharsets.UTF_8), List.of(id, name), false);
    }

    private Set<Long> found() throws IOException {
        Set<Long> found = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher person = PERSON.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
                while (person.find()) {
                    found.add(Long.valueOf(person.group(1)));
                }
            }
        }
        return found;
    }

    private void checkFile() throws Exception {
        Path file = folder.resolve("shop/people/generation-1.db");
        try (Database database = Database.open(file, Database.Mode.READ);
                ResultSet row = database.query("PRAGMA integrity_check")) {
            assertThat(row.getString(1)).as("seed %d", seed).isEqualTo("ok");
        }
    }

    private static Revision revision(long version) {
        return new Revision(1, version, Instant.EPOCH.plusSeconds(version));
    }
}
