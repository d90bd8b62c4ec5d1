package dev.vitrine.delta.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.delta.ChangeFeed;
import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.DeltaTable;
import dev.vitrine.delta.Rows;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Follows a table as a worker does: a snapshot, then commit by commit. Every row is expected to be servable.
final class Follower {

    private final DeltaTable table;
    private final Map<EntityKey, String> entities = new HashMap<>();
    private String id = "";
    private long version;
    private String commitFile = "";

    Follower(DeltaTable table) {
        this.table = table;
    }

    /// Loads a snapshot anew.
    void load(DeltaSnapshot snapshot) {
        entities.clear();
        apply(snapshot.rows(0));
        id = snapshot.tableId();
        version = snapshot.version();
        commitFile = snapshot.commitFile();
    }

    /// Applies the commits that came since, up to one that does not fit the contract, whose misfits it returns.
    ///
    /// @param reached told of each version
    List<String> follow(LongConsumer reached) {
        try (@Nullable
                ChangeFeed feed =
                        table.changesAfter(id, version, commitFile, false).orElse(null)) {
            while (feed != null && feed.hasNext()) {
                ChangeFeed.Commit commit = feed.next();
                assertThat(commit.version()).isEqualTo(version + 1);
                if (!commit.misfits().isEmpty()) {
                    return commit.misfits();
                }
                apply(commit.rows());
                version = commit.version();
                commitFile = commit.commitFile();
                reached.accept(version);
            }
        }
        return List.of();
    }

    long version() {
        return version;
    }

    /// Documents by key.
    Map<EntityKey, String> entities() {
        return Map.copyOf(entities);
    }

    /// What a key had before, less what is deleted, plus what is inserted, is one row or none.
    private void apply(Rows rows) {
        Map<EntityKey, Integer> more = new HashMap<>();
        Map<EntityKey, String> written = new HashMap<>();
        try (rows) {
            while (rows.hasNext()) {
                for (EntityChange change : rows.next()) {
                    switch (change) {
                        case EntityChange.Upserted row -> {
                            more.merge(row.key(), row.insert() ? 1 : 0, Integer::sum);
                            written.put(row.key(), new String(row.document(), UTF_8));
                        }
                        case EntityChange.Deleted row ->
                            more.merge(Objects.requireNonNull(row.key()), -1, Integer::sum);
                        case EntityChange.Unservable row -> throw new AssertionError(row.detail());
                    }
                }
            }
        }
        more.forEach((key, count) -> {
            int copies = (entities.containsKey(key) ? 1 : 0) + count;
            assertThat(copies).as("rows of %s", key).isBetween(0, 1);
            String document = written.get(key);
            if (copies == 0) {
                entities.remove(key);
            } else if (document != null) {
                entities.put(key, document);
            }
        });
    }
}
