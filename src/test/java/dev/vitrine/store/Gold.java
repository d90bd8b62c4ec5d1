package dev.vitrine.store;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A gold table that only exists in memory: its rows, its commits, and how a reader hands them on.
final class Gold {

    private final Random random;
    private final Things things;
    private final Model rows = new Model();
    private final List<List<Change>> commits = new ArrayList<>();
    private int made;

    Gold(Random random) {
        this.random = random;
        this.things = new Things(random);
        commits.add(List.of());
    }

    /// What happened to one row; one of both is there.
    record Change(@Nullable EntityChange before, @Nullable EntityChange after) {}

    /// The newest version.
    long version() {
        return commits.size() - 1;
    }

    static Revision revision(long version) {
        return new Revision(0, version, Instant.EPOCH.plusSeconds(version));
    }

    static Origin origin(long version) {
        return new Origin("id", revision(version), "file " + version);
    }

    /// All rows of the newest version.
    List<EntityChange> snapshot() {
        List<EntityChange> all = new ArrayList<>(rows.all());
        Collections.shuffle(all, random);
        return all;
    }

    /// Whether a key has several rows, or one that cannot be served.
    boolean isFlawed() {
        return !rows.letters().isEmpty();
    }

    /// Makes a commit.
    ///
    /// @param flaws whether it brings duplicate keys and rows that cannot be served; else it takes some away
    void commit(boolean flaws) {
        Set<EntityKey> keys = new HashSet<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            keys.add(things.key());
        }
        if (!flaws) {
            rows.letters().forEach(row -> keys.add(Model.key(row)));
        }
        List<Change> commit = new ArrayList<>();
        keys.forEach(key -> change(key, flaws, commit));
        commits.add(commit);
        rows.apply(changes(version(), true), false);
    }

    private void change(EntityKey key, boolean flaws, List<Change> commit) {
        List<EntityChange> before = rows.copies(key);
        int left = before.size();
        for (EntityChange row : before) {
            boolean flawed = before.size() > 1 || row instanceof Unservable;
            switch (!flaws && flawed ? 0 : random.nextInt(3)) {
                case 0 -> {
                    commit.add(new Change(row, null));
                    left--;
                }
                case 1 -> commit.add(new Change(row, row(key, flaws)));
                default -> {}
            }
        }
        int inserts = flaws ? random.nextInt(5) / 2 : left == 0 ? random.nextInt(2) : 0;
        for (int i = 0; i < inserts; i++) {
            commit.add(new Change(null, row(key, flaws)));
        }
    }

    private EntityChange row(EntityKey key, boolean flaws) {
        byte[] document = ("row " + made++).getBytes(StandardCharsets.UTF_8);
        return flaws && random.nextInt(8) == 0
                ? new Unservable(key, Reason.VALUE_OUT_OF_TYPE, "too large", document)
                : new Upserted(key, document, things.row(key), true);
    }

    /// A commit as it is read: with whole rows, or as a reader that does without them makes it out.
    List<EntityChange> changes(long version, boolean wholeRows) {
        List<EntityChange> changes = new ArrayList<>(commits.get((int) version).stream()
                .flatMap(change -> wholeRows ? whole(change) : paired(change))
                .toList());
        Collections.shuffle(changes, random);
        return changes;
    }

    private static Stream<EntityChange> whole(Change change) {
        EntityChange before = change.before;
        Stream<EntityChange> gone =
                before == null ? Stream.of() : Stream.of(new Deleted(Model.key(before), Model.bytes(before)));
        return Stream.concat(gone, Stream.ofNullable(change.after));
    }

    private Stream<EntityChange> paired(Change change) {
        if (change.before != null && change.after instanceof Upserted row && random.nextInt(5) > 0) {
            return Stream.of(new Upserted(row.key(), row.document(), row.indexed(), false));
        }
        return whole(change).map(row -> row instanceof Deleted gone ? new Deleted(gone.key(), null) : row);
    }
}
