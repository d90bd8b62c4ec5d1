package dev.vitrine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.StoreContract;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.TableWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest extends StoreContract {

    @TempDir
    Path folder;

    @Override
    protected EntityStore open(Clock clock) {
        return EmbeddedStores.open(folder, clock);
    }

    @Test
    void servesAfterAReopenWhatWasPublished() {
        rebuild(1, insert(1, "one"));
        commit(2, insert(2, "two"));
        store.close();
        store = open(clock);
        table = store.table(table.table());
        writer = table.writer(1);
        assertThat(document(1)).isEqualTo("one");
        assertThat(document(2)).isEqualTo("two");
    }

    @Test
    void anotherProcessFollowsCommitsAndSwaps() {
        rebuild(1, insert(1, "one"));
        try (EntityStore other = open(clock)) {
            StoredTable reader = other.table(table.table());
            assertThat(reader.checkpoint()).isEqualTo(table.checkpoint());
            commit(2, update(1, "eins"));
            assertThat(reader.checkpoint()).isEqualTo(table.checkpoint());
            rebuild(3, insert(1, "uno"));
            assertThat(reader.get(dev.vitrine.entity.EntityKey.of(1L)).asOf().generation())
                    .isEqualTo(2);
            rebuild(4, insert(1, "un"));
            assertThat(reader.checkpoint()).isEqualTo(table.checkpoint());
        }
    }

    @Test
    void aLoadThatAnotherProcessHasInUseIsLeftAlone() {
        try (EntityStore other = open(clock)) {
            TableWriter second = other.table(table.table()).writer(1);
            try (GenerationWriter first = writer.rebuild(origin(1))) {
                assertThat(second.unfinished()).isEmpty();
                second.rebuild(origin(1)).close();
                first.add(List.of(insert(1, "one")));
                first.seal();
                first.swap();
            }
            assertThat(other.table(table.table()).checkpoint()).isEqualTo(table.checkpoint());
        }
        assertThat(document(1)).isEqualTo("one");
    }

    @Test
    void replacesWhatAnotherProcessSwappedInUnseen() {
        rebuild(1, insert(1, "one"));
        try (EntityStore other = open(clock)) {
            StoredTable second = other.table(table.table());
            assertThat(second.checkpoint()).isPresent();
            try (GenerationWriter load = second.writer(1).rebuild(origin(2))) {
                load.add(List.of(insert(1, "two")));
                load.seal();
                load.swap();
            }
            rebuild(3, insert(1, "three"));
            assertThat(document(1)).isEqualTo("three");
            assertThat(second.checkpoint()).isEqualTo(table.checkpoint());
        }
    }

    @Test
    void whatAnotherProcessAppliedMeanwhileIsNotAppliedTwice() {
        rebuild(1, insert(1, "one"));
        try (EntityStore other = open(clock);
                ChangeWriter late = other.table(table.table()).writer(1).changes()) {
            commit(2, insert(2, "two"));
            late.begin(revision(2));
            late.apply(List.of(insert(2, "two")));
            late.end();
            late.publish(revision(2), "file 2");
        }
        assertThat(document(2)).isEqualTo("two");
        assertThat(letters()).isEmpty();
    }
}
