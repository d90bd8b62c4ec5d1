package dev.vitrine.query;

import static dev.vitrine.query.Library.AUTHORS;
import static dev.vitrine.query.Library.BOOKS;
import static dev.vitrine.query.Library.EUROPEAN;
import static dev.vitrine.query.Library.INTERNAL;
import static dev.vitrine.query.Library.PRODUCT;
import static dev.vitrine.query.Library.READER;
import static dev.vitrine.query.Library.author;
import static dev.vitrine.query.Library.book;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Caller;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgesTest {

    @TempDir
    Path folder;

    private EntityStore store;
    private Library library;

    @BeforeEach
    void serve() {
        store = EmbeddedStores.open(folder);
        library = new Library(store);
        library.load(AUTHORS, List.of(author(1, "EUROPE"), author(2, "ASIA"), author(3, "EUROPE")));
        library.load(
                BOOKS,
                LongStream.range(0, 12)
                        .mapToObj(id -> book("b" + id, id % 3 == 0 ? null : id % 3, id, "T" + id % 4))
                        .toList());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bookId", "-bookId", "title", "-title"})
    void everyEntityHasTheCursorOfAPageThatEndsWithIt(String sort) {
        List<String> expected = new ArrayList<>();
        List<String> items = new ArrayList<>();
        String cursor = null;
        do {
            EntityAnswer.Many page = library.entities.list(PRODUCT, BOOKS, selection(1, sort, cursor), READER);
            page.items().forEach(item -> items.add(text(item)));
            cursor = page.nextCursor();
            expected.add(String.valueOf(cursor));
        } while (cursor != null);

        EntityEdges edges = library.entities.edges(PRODUCT, BOOKS, selection(200, sort, null), READER);

        assertThat(edges.edges()).extracting(edge -> text(edge.json())).isEqualTo(items);
        assertThat(edges.more()).isFalse();
        assertThat(edges.total()).isEqualTo(12);
        assertThat(edges.edges().subList(0, 11))
                .extracting(edge -> edge.cursor().get())
                .isEqualTo(expected.subList(0, 11));
        String last = edges.edges().getLast().cursor().get();
        assertThat(library.entities
                        .list(PRODUCT, BOOKS, selection(1, sort, last), READER)
                        .items())
                .isEmpty();
    }

    @Test
    void readsThePagesBehindManyKeysInOneReadAndTheirTotalsInAnother() {
        List<EntityEdges> pages = behind("books", selection(3, "title", null), READER, "2", "1", "77", "no key");

        assertThat(library.reads).containsExactly("fact_book.pages", "fact_book.counts");
        assertThat(pages).extracting(EntityEdges::total).containsExactly(4L, 4L, 0L, 0L);
        assertThat(pages).extracting(EntityEdges::more).containsExactly(true, true, false, false);
        assertThat(pages.getFirst().edges())
                .extracting(edge -> text(edge.json()))
                .containsExactly(
                        "{\"bookId\":\"b8\",\"authorId\":2,\"title\":\"T0\"}",
                        "{\"bookId\":\"b5\",\"authorId\":2,\"title\":\"T1\"}",
                        "{\"bookId\":\"b2\",\"authorId\":2,\"title\":\"T2\"}");

        String cursor = pages.getFirst().edges().getLast().cursor().get();
        assertThat(behind("books", selection(3, "title", cursor), READER, "2"))
                .singleElement()
                .satisfies(page -> assertThat(page.edges())
                        .singleElement()
                        .satisfies(edge -> assertThat(text(edge.json())).contains("b11")));
        assertThatThrownBy(() -> behind("books", selection(3, "title", cursor), READER, "1"))
                .isInstanceOf(InvalidQuery.class);
    }

    @Test
    void showsBehindARelationWhatTheCallerMaySeeAnywhere() {
        assertThat(behind("books", selection(9, "title", null), EUROPEAN, "1"))
                .as("titles from B on are open")
                .singleElement()
                .satisfies(page -> assertThat(page.total()).isEqualTo(4));
        assertThat(behind("edited", selection(9, "bookId", null), READER, "4"))
                .as("who may not see the key is not told whom it leads to")
                .singleElement()
                .satisfies(page -> assertThat(page.edges()).isEmpty());
        assertThat(behind("edited", selection(9, "bookId", null), INTERNAL, "4"))
                .singleElement()
                .satisfies(page -> assertThat(page.edges()).hasSize(1));
        assertThatThrownBy(() -> behind("books", selection(9, "title", null), Library.caller("none"), "1"))
                .isInstanceOf(NotGranted.class);
    }

    private List<EntityEdges> behind(String relation, Selection selection, Caller caller, String... keys) {
        return library.entities.edges(
                PRODUCT,
                Library.relation(AUTHORS, relation),
                List.of(keys).stream().map(List::of).toList(),
                selection,
                caller);
    }

    private static Selection selection(int limit, String sort, @Nullable String cursor) {
        return new Selection(List.of(), List.of(sort), limit, cursor, null, true);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
