package dev.vitrine.query;

import static dev.vitrine.query.Library.AUTHORS;
import static dev.vitrine.query.Library.BOOKS;
import static dev.vitrine.query.Library.EUROPEAN;
import static dev.vitrine.query.Library.INTERNAL;
import static dev.vitrine.query.Library.PRODUCT;
import static dev.vitrine.query.Library.READER;
import static dev.vitrine.query.Library.REVIEWS;
import static dev.vitrine.query.Library.author;
import static dev.vitrine.query.Library.book;
import static dev.vitrine.query.Library.caller;
import static dev.vitrine.query.Library.relation;
import static dev.vitrine.query.Library.review;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.access.Caller;
import dev.vitrine.contract.EntityType;
import dev.vitrine.query.InvalidQuery.Fault;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelationsTest {

    @TempDir
    Path folder;

    private EntityStore store;
    private Library library;

    @BeforeEach
    void serve() {
        store = EmbeddedStores.open(folder);
        library = new Library(store);
        library.load(
                AUTHORS,
                List.of(
                        author(1, "EUROPE"),
                        author(2, "ASIA"),
                        author(3, "EUROPE"),
                        author(9, "EUROPE"),
                        author(9, "X")));
        library.load(
                BOOKS,
                Stream.concat(
                                Stream.of(
                                        book("a", 1L, 2L, "B1"),
                                        book("b", 1L, null, "A2"),
                                        book("c", 2L, 1L, "C3"),
                                        book("lost", 77L, 88L, "D4"),
                                        book("orphan", null, 1L, "E5"),
                                        book("withheld", 9L, null, "F6")),
                                LongStream.range(100, 145).mapToObj(id -> book("x" + id, 3L, null, "X" + id)))
                        .toList());
        library.load(REVIEWS, List.of(review("a", 1, 5), review("a", 2, 3), review("c", 1, 4), review("gone", 1, 1)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void putsTheOneThatAKeyLeadsToInside() {
        assertThat(one(BOOKS, "a", List.of("bookId", "author.name"), List.of("author"), READER))
                .isEqualTo("{\"bookId\":\"a\",\"author\":{\"name\":\"A1\"}}");
        assertThat(one(BOOKS, "a", null, List.of("author"), READER))
                .isEqualTo("{\"bookId\":\"a\",\"authorId\":1,\"title\":\"B1\","
                        + "\"author\":{\"authorId\":1,\"name\":\"A1\",\"region\":\"EUROPE\"}}");
    }

    @ParameterizedTest
    @CsvSource({"lost, dangles", "orphan, is absent", "withheld, leads to what is withheld"})
    void isNullWhereTheKey(String book, String why) {
        assertThat(one(BOOKS, book, List.of("bookId"), List.of("author"), READER))
                .as(why)
                .isEqualTo("{\"bookId\":\"%s\",\"author\":null}", book);
    }

    @Test
    void isNullWhereTheCallerMayNotSeeTheTarget() {
        assertThat(one(BOOKS, "a", List.of("author.name"), List.of("author"), EUROPEAN))
                .isEqualTo("{\"author\":{\"name\":\"A1\"}}");
        assertThat(one(BOOKS, "c", List.of("author.name"), List.of("author"), EUROPEAN))
                .isEqualTo("{\"author\":null}");
    }

    @Test
    void aKeyThatTheCallerMayNotSeeLeadsNowhere() {
        assertThat(one(BOOKS, "a", List.of("editor.authorId"), List.of("editor"), READER))
                .isEqualTo("{\"editor\":null}");
        assertThat(one(BOOKS, "a", List.of("editor.authorId"), List.of("editor"), INTERNAL))
                .isEqualTo("{\"editor\":{\"authorId\":2}}");
        assertThat(one(AUTHORS, "1", List.of("edited.bookId"), List.of("edited"), READER))
                .isEqualTo("{\"edited\":{\"items\":[],\"nextCursor\":null}}");
        assertThat(one(AUTHORS, "1", List.of("edited.bookId"), List.of("edited"), INTERNAL))
                .isEqualTo("{\"edited\":{\"items\":[{\"bookId\":\"c\"},{\"bookId\":\"orphan\"}],\"nextCursor\":null}}");
    }

    @Test
    void hidesRowsBehindARelationAsAnywhere() {
        assertThat(one(AUTHORS, "1", List.of("books.bookId"), List.of("books"), EUROPEAN))
                .isEqualTo("{\"books\":{\"items\":[{\"bookId\":\"a\"}],\"nextCursor\":null}}");
    }

    @Test
    void goesOnFromRelationToRelation() {
        assertThat(one(
                        REVIEWS,
                        "a,1",
                        List.of("stars", "book.title", "book.author.name", "book.author.books.bookId"),
                        List.of("book.author.books"),
                        READER))
                .isEqualTo("{\"stars\":5,\"book\":{\"title\":\"B1\",\"author\":{\"name\":\"A1\","
                        + "\"books\":{\"items\":[{\"bookId\":\"a\"},{\"bookId\":\"b\"}],\"nextCursor\":null}}}}");
    }

    @Test
    void theFirstPageOfManyGoesOnAtTheRelationsOwnAddress() {
        String json = one(AUTHORS, "3", List.of("books.bookId"), List.of("books"), READER);
        assertThat(json).startsWith("{\"books\":{\"items\":[{\"bookId\":\"x100\"},");
        String cursor = json.substring(json.indexOf("nextCursor\":\"") + 13, json.length() - 3);

        List<String> walked = new ArrayList<>();
        String next = cursor;
        while (next != null) {
            EntityAnswer.Many page = (EntityAnswer.Many) related(AUTHORS, "3", "books", next, READER);
            page.items().forEach(item -> walked.add(text(item)));
            next = page.nextCursor();
        }
        assertThat(walked).hasSize(25).startsWith("{\"bookId\":\"x120\"}").endsWith("{\"bookId\":\"x144\"}");
        assertThatThrownBy(() -> related(AUTHORS, "1", "books", cursor, READER)).isInstanceOf(InvalidQuery.class);
    }

    @Test
    void followsARelationFromManyKeysAtOnce() {
        List<EntityAnswer> authors = library.entities.related(
                PRODUCT,
                BOOKS,
                List.of(List.of("a"), List.of("lost"), List.of("nothing"), List.of("c")),
                relation(BOOKS, "author"),
                selection(List.of("authorId"), null),
                READER);

        assertThat(authors)
                .extracting(RelationsTest::outline)
                .containsExactly("{\"authorId\":1}", "None", "None", "{\"authorId\":2}");
        assertThat(library.reads).containsExactly("fact_book.getAll", "dim_author.getAll");
        library.reads.clear();

        List<EntityAnswer> books = library.entities.related(
                PRODUCT,
                AUTHORS,
                List.of(List.of("2"), List.of("9"), List.of("55"), List.of("x"), List.of("1")),
                relation(AUTHORS, "books"),
                selection(List.of("bookId"), null),
                READER);

        assertThat(books)
                .extracting(RelationsTest::outline)
                .containsExactly(
                        "[{\"bookId\":\"c\"}]", "Withheld", "None", "None", "[{\"bookId\":\"a\"}, {\"bookId\":\"b\"}]");
        assertThat(library.reads).containsExactly("dim_author.getAll", "fact_book.pages");
    }

    @Test
    void takesFiltersSortsAndCountsBehindARelation() {
        EntityAnswer.Many page = (EntityAnswer.Many) library.entities
                .related(
                        PRODUCT,
                        AUTHORS,
                        List.of(List.of("3")),
                        relation(AUTHORS, "books"),
                        new Selection(
                                List.of(new Selection.Condition(
                                        "title.lt", "title", Selection.Test.LT, List.of("X110"))),
                                List.of("-title"),
                                2,
                                null,
                                List.of("title"),
                                true),
                        READER)
                .getFirst();

        assertThat(page.items())
                .extracting(RelationsTest::text)
                .containsExactly("{\"title\":\"X109\"}", "{\"title\":\"X108\"}");
        assertThat(page.total()).isEqualTo(10);
        assertThat(page.nextCursor()).isNotNull();
    }

    @Test
    void aHiddenEntityHasNoRelations() {
        assertThat(related(AUTHORS, "2", "books", null, EUROPEAN)).isInstanceOf(EntityAnswer.None.class);
        assertThat(related(AUTHORS, "1", "books", null, EUROPEAN)).isInstanceOf(EntityAnswer.Many.class);
    }

    @Test
    void aClosedCollectionIsClosedFromEverySide() {
        assertThatThrownBy(() -> one(BOOKS, "a", null, List.of("author"), caller("books")))
                .isInstanceOfSatisfying(
                        NotGranted.class,
                        closed -> assertThat(closed.scopes()).containsExactlyInAnyOrder("read", "internal", "europe"));
        assertThatThrownBy(() -> related(BOOKS, "a", "author", null, caller("books")))
                .isInstanceOf(NotGranted.class);
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "50"})
    void readsTheStoreOnceForEachRelationHoweverManyEntitiesThereAre(int limit) {
        EntityAnswer.Many page = library.entities.list(
                PRODUCT,
                BOOKS,
                new Selection(
                        List.of(), List.of(), limit, null, null, false, List.of("author.books", "reviews", "editor")),
                INTERNAL);

        assertThat(page.items()).hasSize(limit);
        assertThat(library.reads)
                .containsExactlyInAnyOrder(
                        "fact_book.pages",
                        limit == 1 ? "dim_author.get" : "dim_author.getAll",
                        "fact_book.pages",
                        "fact_review.pages",
                        limit == 1 ? "dim_author.get" : "dim_author.getAll");
    }

    @Test
    void answersManyKeysInOneRead() {
        List<EntityAnswer> answers = library.entities.getAll(
                PRODUCT,
                AUTHORS,
                List.of(List.of("2"), List.of("x"), List.of("9"), List.of("1"), List.of("8")),
                List.of("authorId"),
                List.of("books"),
                EUROPEAN);

        assertThat(answers)
                .extracting(RelationsTest::outline)
                .containsExactly(
                        "None",
                        "None",
                        "None",
                        "{\"authorId\":1,\"books\":{\"items\":[{\"bookId\":\"a\",\"authorId\":1,\"title\":\"B1\"}],\"nextCursor\":null}}",
                        "None");
        assertThat(library.reads).containsExactly("dim_author.getAll", "fact_book.pages");
    }

    @Test
    void saysWhatIsWrongWithAnExpansion() {
        assertThat(faults(20, "author.reviews", "nothing"))
                .containsExactly(
                        tuple(
                                "expand",
                                "unknown-relation",
                                "there is no relation 'author.reviews'; there are author.books, author.edited"),
                        tuple(
                                "expand",
                                "unknown-relation",
                                "there is no relation 'nothing'; there are author, editor, reviews"));
        assertThat(faults(20, "author.books.author.books"))
                .containsExactly(tuple("expand", "too-deep", "at most 3 relations can follow each other"));
        assertThat(faults(
                        20,
                        "author.books.author",
                        "author.books.editor",
                        "author.edited.author",
                        "author.edited.editor",
                        "editor.books.author",
                        "editor.books.editor"))
                .containsExactly(tuple("expand", "too-many-values", "at most 10 relations can be expanded"));
        assertThat(faults(200, "author.books"))
                .containsExactly(tuple(
                        "expand",
                        "too-large",
                        "the answer could hold more than 4000 related entities:"
                                + " ask for at most 190 entities at once, or expand fewer relations"));
        assertThat(faults(200, "reviews")).isEmpty();
    }

    @Test
    void fieldsOfARelationThatIsNotExpandedAreUnknown() {
        assertThatThrownBy(() -> one(BOOKS, "a", List.of("author.name"), List.of(), READER))
                .isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("there is no field 'author.name'");
        assertThatThrownBy(() -> one(BOOKS, "a", List.of("author.pension"), List.of("author"), READER))
                .isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("there is no field 'author.pension'; there are authorId, name, region");
    }

    private List<org.assertj.core.groups.Tuple> faults(int limit, String... expand) {
        InvalidQuery invalid = catchThrowableOfType(
                InvalidQuery.class,
                () -> library.entities.list(
                        PRODUCT,
                        BOOKS,
                        new Selection(List.of(), List.of(), limit, null, null, false, List.of(expand)),
                        INTERNAL));
        List<Fault> faults = invalid == null ? List.of() : invalid.faults();
        return faults.stream()
                .map(fault -> tuple(fault.parameter(), fault.code(), fault.detail()))
                .toList();
    }

    private String one(EntityType type, String key, @Nullable List<String> fields, List<String> expand, Caller caller) {
        return outline(library.entities.get(PRODUCT, type, List.of(key.split(",")), fields, expand, caller));
    }

    private EntityAnswer related(EntityType type, String key, String relation, @Nullable String cursor, Caller caller) {
        return library.entities
                .related(
                        PRODUCT,
                        type,
                        List.of(List.of(key)),
                        relation(type, relation),
                        selection(List.of(relation.equals("books") ? "bookId" : "authorId"), cursor),
                        caller)
                .getFirst();
    }

    private static Selection selection(List<String> fields, @Nullable String cursor) {
        return new Selection(List.of(), List.of(), 20, cursor, fields, false);
    }

    private static String outline(EntityAnswer answer) {
        return switch (answer) {
            case EntityAnswer.One one -> text(one.json());
            case EntityAnswer.Many many ->
                many.items().stream().map(RelationsTest::text).toList().toString();
            case EntityAnswer.None none -> "None";
            case EntityAnswer.Withheld withheld -> "Withheld";
        };
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
