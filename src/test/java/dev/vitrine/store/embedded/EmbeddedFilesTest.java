package dev.vitrine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Kept;
import dev.vitrine.store.StoreFixture;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What lies in the folder of a table.
class EmbeddedFilesTest extends StoreFixture {

    @TempDir
    Path folder;

    @Override
    protected EntityStore open(Clock clock) {
        return EmbeddedStores.open(folder, clock);
    }

    @Test
    void keepsNoFilesOfGenerationsThatAreNotServed() throws IOException {
        rebuild(1, insert(1, "one"));
        rebuild(2, insert(1, "one"));
        Files.writeString(folder.resolve("shop/things/generation-7.db"), "left behind by a killed process");
        rebuild(3, insert(1, "one"));
        assertThat(files()).containsExactlyInAnyOrder("control.db", "generation-3.db");
    }

    @Test
    void refusesAFileOfANewerFormat() throws Exception {
        rebuild(1, insert(1, "one"));
        store.close();
        try (Database control = Database.open(folder.resolve("shop/things/control.db"), Database.Mode.WRITE)) {
            control.execute("PRAGMA user_version=99");
        }
        store = open(clock);
        assertThatThrownBy(() -> store.table(table.table()))
                .hasMessageContaining("format 99")
                .hasMessageContaining("control.db");
    }

    @Test
    void loadsAgainWhatSomebodyRemoved() throws IOException {
        rebuild(1, insert(1, "one"));
        store.close();
        Files.delete(folder.resolve("shop/things/generation-1.db"));
        store = open(clock);
        table = store.table(table.table());
        writer = table.writer(1);
        assertThat(table.checkpoint()).isEmpty();
        rebuild(1, insert(1, "one"));
        assertThat(document(1)).isEqualTo("one");
    }

    @Test
    void whatAnOlderProgramStoredIsLoadedAgain() throws Exception {
        rebuild(1, insert(1, "one"));
        store.close();
        try (Database control = Database.open(folder.resolve("shop/things/control.db"), Database.Mode.WRITE)) {
            control.execute(
                    "DROP TABLE control",
                    "DROP TABLE status",
                    "CREATE TABLE served (one INTEGER PRIMARY KEY, generation INTEGER NOT NULL)",
                    "CREATE TABLE status (one INTEGER PRIMARY KEY, state TEXT NOT NULL)",
                    "INSERT INTO served VALUES (1, 1)",
                    "PRAGMA user_version=1");
        }
        Files.writeString(folder.resolve("shop/things/generation-2.db-journal"), "left behind");
        openStore();
        assertThat(table.checkpoint()).isEmpty();
        assertThat(table.status()).isEqualTo(SyncStatus.unknown());
        assertThat(files()).containsExactly("control.db");
        rebuild(1, insert(1, "uno"));
        assertThat(document(1)).isEqualTo("uno");
        assertThat(checkpoint().generation()).as("not used before").isEqualTo(3);
    }

    @Test
    void anotherProcessNoticesASwapAlsoIfNobodyTellsIt() throws Exception {
        rebuild(1, insert(1, "one"));
        try (EntityStore other = open(clock);
                Database old = Database.open(folder.resolve("shop/things/generation-1.db"), Database.Mode.WRITE)) {
            StoredTable reader = other.table(table.table());
            assertThat(reader.checkpoint()).isEqualTo(table.checkpoint());
            // the old generation cannot be marked as retired, as after a kill in the middle of a swap
            old.execute("BEGIN IMMEDIATE");
            rebuild(2, insert(1, "two"));
            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (!reader.checkpoint().equals(table.checkpoint()) && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertThat(reader.checkpoint()).isEqualTo(table.checkpoint());
            old.execute("ROLLBACK");
        }
        writer.tidy(Instant.EPOCH);
        assertThat(files()).containsExactlyInAnyOrder("control.db", "generation-2.db");
    }

    @Test
    void aTidyingRemovesWhatNobodyFinishedAfterTenMinutes() throws IOException {
        rebuild(1, insert(1, "one"));
        Files.writeString(folder.resolve("shop/things/generation-7.db"), "left behind by a killed process");
        try (GenerationWriter load = writer.rebuild(origin(2))) {
            load.keep(1);
        }
        touch(2);
        clock.pass(Duration.ofMinutes(9));
        writer.tidy(Instant.EPOCH);
        assertThat(files()).contains("generation-2.db");
        clock.pass(Duration.ofMinutes(2));
        writer.tidy(Instant.EPOCH);
        assertThat(files()).containsExactlyInAnyOrder("control.db", "generation-1.db");
    }

    @Test
    void aTidyingByAnotherWriterOfTheProcessLeavesALoadThatRests() throws IOException {
        rebuild(1, insert(1, "one"));
        try (GenerationWriter load = writer.rebuild(origin(2))) {
            load.add(List.of(insert(1, "two")));
            load.seal();
            touch(2);
            clock.pass(Duration.ofHours(1));
            table.writer(1).tidy(Instant.EPOCH);
            load.swap();
        }
        assertThat(document(1)).isEqualTo("two");
    }

    /// Makes the files of a generation as old as the clock says.
    private void touch(long number) throws IOException {
        for (Path file : new GenerationFiles(folder.resolve("shop/things")).all(number)) {
            if (Files.exists(file)) {
                Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            }
        }
    }

    @Test
    void aLoadThatIsDamagedIsNotGoneOnWith() throws Exception {
        try (GenerationWriter load = writer.rebuild(origin(1))) {
            load.keep(1);
        }
        Files.writeString(folder.resolve("shop/things/generation-1.db"), "overwritten");
        assertThat(writer.unfinished()).isEmpty();
        rebuild(1, insert(1, "one"));
        assertThat(files()).containsExactlyInAnyOrder("control.db", "generation-2.db");
    }

    @Test
    void keepsWhatIsToBeKeptWhenASecondHasPassed() throws Exception {
        try (EntityStore real = new EmbeddedStore(folder, clock)) {
            TableWriter rights = real.table(table.table()).writer(1);
            try (GenerationWriter load = rights.rebuild(origin(1))) {
                load.add(List.of(insert(1, "one")));
                load.keep(1);
                load.add(List.of(insert(2, "two")));
            }
            assertThat(kept(rights)).as("too soon").isEqualTo(new Kept(0, 0, false));
            try (GenerationWriter load = rights.rebuild(origin(1))) {
                load.add(List.of(insert(1, "one")));
                Thread.sleep(1100);
                load.keep(1);
                load.add(List.of(insert(2, "two")));
            }
            assertThat(kept(rights)).isEqualTo(new Kept(1, 1, false));
        }
    }

    private static Kept kept(TableWriter writer) {
        try (GenerationWriter load = writer.unfinished().orElseThrow()) {
            return load.kept();
        }
    }

    /// Names of the database files of the table.
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("shop/things"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".db") || name.endsWith("-journal"))
                    .toList();
        }
    }
}
