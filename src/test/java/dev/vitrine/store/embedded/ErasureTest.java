package dev.vitrine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.StoreFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the gold table has deleted is in no file of the store any more after a tidying.
class ErasureTest extends StoreFixture {

    private static final int PEOPLE = 2000;

    @TempDir
    Path folder;

    @Override
    protected EntityStore open(Clock clock) {
        return EmbeddedStores.open(folder, clock);
    }

    @Test
    void whatIsDeletedOrOverwrittenIsGone() throws IOException {
        rebuild(1, people("first", id -> true).toArray(EntityChange[]::new));
        List<EntityChange> changes = new ArrayList<>();
        people("second", id -> id % 3 == 1).forEach(person -> changes.add(updated(person)));
        LongStream.range(0, PEOPLE).filter(id -> id % 3 == 0).forEach(id -> changes.add(delete(id)));
        commit(changes);
        assertThat(files()).as("it is in the log").contains("first-4;");
        writer.tidy(Instant.EPOCH);
        String files = files();
        for (long id = 0; id < PEOPLE; id++) {
            assertThat(files.contains("first-" + id + ";")).as("%d", id).isEqualTo(id % 3 == 2);
        }
        assertThat(files).contains("second-4;");
    }

    @Test
    void lettersThatAreGoneLeaveNoTrace() throws IOException {
        rebuild(
                1,
                unservable(1L, "deleted;"),
                insert(2, "copy one;"),
                insert(2, "copy two;"),
                unservable(null, "without key;"),
                unservable(3L, "dismissed;"),
                unservable(4L, "replayed;"));
        commit(2, delete(1L, "deleted;"), delete(2L, "copy two;"), delete(null, "without key;"));
        writer.dismiss(letters()
                .filter(letter -> text(letter.row()).equals("dismissed;"))
                .map(letter -> letter.id())
                .toList());
        writer.replay(List.of(EntityKey.of(4L)), false, List.of(insert(4, "mended;")));
        writer.tidy(Instant.EPOCH);
        assertThat(files())
                .contains("copy one;", "mended;")
                .doesNotContain("deleted;", "copy two;", "without key;", "dismissed;", "replayed;");
    }

    @Test
    void replacedAndDiscardedGenerationsLeaveNoTrace() throws IOException {
        rebuild(1, insert(1, "first;"), unservable(2L, "letter;"));
        GenerationWriter discarded = writer.rebuild(origin(2));
        discarded.add(List.of(insert(1, "discarded;")));
        discarded.keep(1);
        discarded.discard();
        try (GenerationWriter abandoned = writer.rebuild(origin(2))) {
            abandoned.add(List.of(insert(1, "abandoned;")));
            abandoned.keep(1);
        }
        rebuild(3, insert(1, "third;"));
        writer.tidy(Instant.EPOCH);
        assertThat(files()).contains("third;").doesNotContain("first;", "letter;", "discarded;", "abandoned;");
    }

    private void commit(List<EntityChange> changes) {
        try (ChangeWriter writing = writer.changes()) {
            writing.begin(revision(2));
            writing.apply(changes);
            writing.end();
            writing.publish(revision(2), "file 2");
        }
    }

    private static List<Upserted> people(String name, LongPredicate who) {
        return LongStream.range(0, PEOPLE)
                .filter(who)
                .mapToObj(id -> insert(id, name + "-" + id + ";" + "x".repeat((int) (id * 7919 % 700))))
                .toList();
    }

    private static Upserted updated(Upserted row) {
        return new Upserted(row.key(), row.document(), row.indexed(), false);
    }

    /// The bytes of all files of the store.
    private String files() throws IOException {
        StringBuilder contents = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents.toString();
    }
}
