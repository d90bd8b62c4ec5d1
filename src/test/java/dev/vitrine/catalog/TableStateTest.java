package dev.vitrine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Origin;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.SyncStatus.Guard;
import dev.vitrine.store.SyncStatus.Hold;
import dev.vitrine.store.SyncStatus.State;
import dev.vitrine.store.TableWriter;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableStateTest {

    private static final Instant AT = Instant.parse("2026-01-06T10:00:01Z");
    private static final List<IndexedColumn> KEY =
            List.of(new IndexedColumn(List.of("id"), new FieldType.IntegerType(false, null, null)));
    private static final GoldTable TABLE = new GoldTable(
            "shop",
            "items",
            "abfss://gold@lake/items",
            List.of(),
            KEY,
            KEY,
            List.of(),
            0.5,
            Duration.ofMinutes(1),
            null);

    private EntityStore store;
    private TableWriter writer;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        store = EmbeddedStores.open(folder);
        writer = store.table(TABLE).writer(1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aTableOfWhichNobodySaidAnythingIsUnknown() {
        TableState state = TableState.of(TABLE, store);

        assertThat(state.name()).isEqualTo("shop/items");
        assertThat(state.state()).isEqualTo("unknown");
        assertThat(state.version()).isNull();
        assertThat(state.inWords()).containsExactly("Nothing is served: no process has looked at the gold table yet.");
    }

    @Test
    void aTableThatIsNotThereYetOrCannotBeReadIsToldInWordsWithoutItsPlace() {
        report(State.WAITING, null);
        assertThat(TableState.of(TABLE, store).inWords())
                .singleElement()
                .asString()
                .contains("not there", "Nothing is served")
                .doesNotContain(TABLE.location());

        load();
        report(State.FAILED, null);
        assertThat(TableState.of(TABLE, store).inWords())
                .singleElement()
                .asString()
                .contains("cannot be read", "Version 7 is served");
    }

    @Test
    void aTableThatIsFollowedNeedsNoWords() {
        load();
        report(State.FOLLOWING, null);

        TableState state = TableState.of(TABLE, store);

        assertThat(state.state()).isEqualTo("following");
        assertThat(state.version()).isEqualTo(7);
        assertThat(state.latestVersion()).isEqualTo(9);
        assertThat(state.dataAsOf()).isEqualTo(AT);
        assertThat(state.generation()).isPositive();
        assertThat(state.inWords()).isEmpty();
    }

    @Test
    void aHeldVersionIsToldWithReasonAndWhatToDoButNotWhereTheTableLies() {
        load();
        report(State.HELD, new Hold(Guard.DEAD_LETTERS, 8, false, "half of abfss://gold@lake/items is broken", AT));

        TableState state = TableState.of(TABLE, store);

        assertThat(state.held()).isNotNull();
        assertThat(state.held().guard()).isEqualTo("dead-letters");
        assertThat(state.held().whatToDo()).contains("releases", "rejects", "mend");
        assertThat(state.inWords())
                .containsExactly(
                        "Version 7 is served, and version 8 is held since 2026-01-06T10:00:01Z: half of shop/items is broken");
        assertThat(state.toString()).doesNotContain("abfss");
    }

    @Test
    void eachGuardSaysWhatToDo() {
        for (Guard guard : Guard.values()) {
            for (boolean rebuild : new boolean[] {true, false}) {
                assertThat(Held.of(new Hold(guard, 8, rebuild, "why", AT), TABLE)
                                .whatToDo())
                        .endsWith(".");
            }
        }
    }

    @Test
    void aRejectedVersionIsToldUntilTheTableIsLoadedAgain() {
        load();
        Revision rejected = new Revision(1, 8, AT);
        try (ChangeWriter changes = writer.changes()) {
            changes.reject(rejected);
            changes.publish(rejected, "");
        }

        TableState state = TableState.of(TABLE, store);

        assertThat(state.divergedSince()).isEqualTo(8);
        assertThat(state.inWords()).hasSize(1).first().asString().contains("version 8 was rejected and left out");
        load();
        assertThat(TableState.of(TABLE, store).divergedSince()).isNull();
    }

    private void load() {
        long version = store.table(TABLE).checkpoint().isEmpty() ? 7 : 9;
        try (GenerationWriter generation = writer.rebuild(new Origin("id", new Revision(1, version, AT), ""))) {
            generation.add(List.of(new Upserted(EntityKey.of(1L), new byte[] {'{', '}'}, List.of(1L), true)));
            generation.seal();
            generation.swap();
        }
    }

    private void report(State state, @Nullable Hold hold) {
        writer.report(new SyncStatus(state, "in /secret/place", 9, null, null, hold, null, AT, AT));
    }
}
