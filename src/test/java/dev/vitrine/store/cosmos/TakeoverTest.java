package dev.vitrine.store.cosmos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.CommitEffect;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Sealed;
import dev.vitrine.store.StoreFixture;
import dev.vitrine.store.TableWriter;
import dev.vitrine.store.WriterFenced;
import dev.vitrine.store.cosmos.server.CosmosServer;
import dev.vitrine.store.cosmos.server.Fault;
import dev.vitrine.store.cosmos.server.Operation;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// What a writer left half done, or does when another has long taken over.
class TakeoverTest extends StoreFixture {

    private final CosmosServer server = CosmosServer.start();

    @Override
    protected EntityStore open(Clock clock) {
        return CosmosStores.open(server, clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @RepeatedTest(20)
    void commitsThatWereHalfWrittenAreFinishedByTheNextWriter() {
        rebuild(1, many(1, 60, "old"));
        EntityChange[] second =
                changes(many(61, 120, "new"), delete(1), update(2, "two"), insert(3, "copy"), unservable(4L, "bad"));
        EntityChange[] third =
                changes(new EntityChange[0], update(61, "newer"), delete(62), insert(1, "again"), delete(2));
        killedInTheMiddle(second, third);
        assertThat(checkpoint().revision()).isEqualTo(revision(1));

        writer = table.writer(2);
        commit(2, second);
        assertThat(checkpoint().entities()).as("some keys are newer already").isBetween(115L, 118L);
        commit(3, third);
        assertThat(documents(1, 2, 3, 4, 5, 61, 62, 63))
                .containsExactly("again", "absent", "withheld", "withheld", "old 5", "newer", "absent", "new 63");
        assertThat(rows()).containsExactlyInAnyOrder("old 3", "copy", "old 4", "bad");
        assertThat(checkpoint().entities()).isEqualTo(116);
        assertThat(table.count(dev.vitrine.entity.Filter.ALL, AMPLE).value()).isEqualTo(116);
    }

    /// Publishes two commits together, of which about half is written when the writer is killed.
    private void killedInTheMiddle(EntityChange[] second, EntityChange[] third) {
        try (ChangeWriter killed = writer.changes()) {
            commit(killed, 2, second);
            commit(killed, 3, third);
            Fault forbidden = server.faults()
                    .add(Fault.status(403, 0)
                            .on(Operation.CREATE, Operation.REPLACE)
                            .chance(0.5));
            assertThatExceptionOfType(dev.vitrine.store.StoreFailure.class)
                    .isThrownBy(() -> killed.publish(revision(3), "file 3"));
            assertThat(forbidden.hits()).isBetween(5L, 60L);
            server.faults().clear();
        }
    }

    @Test
    void aWriterThatWasStoppedForLongBringsNothingBack() throws Exception {
        rebuild(1, insert(1, "one"), insert(2, "two"), insert(3, "three"), insert(9, "nine"));
        try (ChangeWriter stopped = writer.changes()) {
            commit(stopped, 2, update(1, "eins"), delete(2), insert(4, "vier"), update(9, "neun"));
            // its writes are on their way for a second
            server.faults()
                    .add(Fault.slow(Duration.ofSeconds(1))
                            .on(Operation.CREATE, Operation.REPLACE)
                            .times(4));
            CompletableFuture<Void> publishing =
                    CompletableFuture.runAsync(() -> stopped.publish(revision(2), "file 2"));
            Thread.sleep(300);
            TableWriter newer = table.writer(2);
            commit(newer, 2, update(1, "eins"), delete(2), insert(4, "vier"), update(9, "neun"));
            commit(newer, 3, update(1, "uno"), insert(2, "due"), delete(4), delete(3));
            assertThat(publishing)
                    .failsWithin(Duration.ofMinutes(1))
                    .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                    .withCauseInstanceOf(WriterFenced.class);
        }
        assertThat(documents(1, 2, 3, 4, 9)).containsExactly("uno", "due", "absent", "absent", "neun");
        assertThat(checkpoint().revision()).isEqualTo(revision(3));
        assertThat(checkpoint().entities()).isEqualTo(3);
        assertThat(letters()).isEmpty();
    }

    private static void commit(TableWriter writer, long version, EntityChange... rows) {
        try (ChangeWriter changes = writer.changes()) {
            CommitEffect effect = commit(changes, version, rows);
            assertThat(effect.rows()).isEqualTo(rows.length);
            changes.publish(revision(version), "file " + version);
        }
    }

    @Test
    void deletedKeysStayKnownForATimeAndTheirRowsDoNot() {
        rebuild(1, insert(1, "one"));
        commit(2, delete(1));
        assertThat(server.documents()).noneMatch(document -> document.contains("one"));
        assertThat(server.documents()).anyMatch(document -> document.contains("\"t\":\"x\""));
        server.advance(Duration.ofHours(2));
        assertThat(server.documents()).noneMatch(document -> document.contains("\"t\":\"x\""));
        commit(3, insert(1, "again"));
        assertThat(document(1)).isEqualTo("again");
    }

    @Test
    void rowsThatCameAfterTheLastMarkOfALoadAreTakenOut() throws Exception {
        try (GenerationWriter load = writer.rebuild(origin(7))) {
            load.add(List.of(insert(1, "a"), insert(2, "b"), insert(3, "c"), insert(3, "cc")));
            load.keep(1);
            // of the second file: a copy of a kept row, one more of a withheld key, new ones, a row without key
            load.add(List.of(insert(1, "aa"), insert(3, "ccc"), insert(4, "d"), unservable(null, "x")));
            load.add(List.of(insert(4, "dd")));
        }
        reopen();
        try (GenerationWriter load = writer.unfinished().orElseThrow()) {
            assertThat(load.kept().rows()).isEqualTo(4);
            load.add(List.of(insert(4, "d"), insert(5, "e"), unservable(null, "x")));
            load.keep(2);
            assertThat(load.seal()).isEqualTo(new Sealed(7, 3));
            load.swap();
        }
        assertThat(documents(1, 2, 3, 4, 5)).containsExactly("a", "b", "withheld", "d", "e");
        assertThat(rows()).containsExactlyInAnyOrder("c", "cc", "x");
    }

    @Test
    void aLoadTakesNoRetriedWriteForAnotherRow() {
        server.faults()
                .add(Fault.answerLost()
                        .on(Operation.CREATE, Operation.BULK, Operation.BATCH)
                        .chance(0.3));
        try (GenerationWriter load = writer.rebuild(origin(1))) {
            for (int i = 0; i < 20; i++) {
                load.add(List.of(many(10 * i, 10 * i + 9, "row")));
            }
            load.add(List.of(many(1000, 1099, "row")));
            load.add(List.of(insert(5, "copy"), unservable(null, "x")));
            server.faults().clear();
            assertThat(load.seal()).isEqualTo(new Sealed(302, 3));
        }
    }

    private static EntityChange[] many(long first, long last, String name) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(id -> insert(id, name + " " + id))
                .toArray(EntityChange[]::new);
    }

    private static EntityChange[] changes(EntityChange[] many, EntityChange... more) {
        return Stream.of(many, more).flatMap(Arrays::stream).toArray(EntityChange[]::new);
    }
}
