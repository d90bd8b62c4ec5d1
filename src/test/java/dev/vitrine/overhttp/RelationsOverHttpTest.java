package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What belongs together, from the Delta tables to the answer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelationsOverHttpTest extends OverHttp {

    private static final String API = "/api/library/v1/";

    private final String reader = TOKENS.with("read");
    private final String internal = TOKENS.with("internal");
    private final String european = TOKENS.with("europe");
    private boolean made;

    @BeforeEach
    void aLibrary() throws Exception {
        if (made) {
            return;
        }
        made = true;
        Path lake = LAKEHOUSE.resolve("library");
        DeltaWriter.create(
                        lake.resolve("dim_author"),
                        "a_id bigint not null, a_name string, a_region string, a_pension decimal(9,2)",
                        List.of("a_id"))
                .commit(Changes.inserting(List.of(author(1, "EUROPE"), author(2, "ASIA"), author(3, "EUROPE"))));
        List<Row> books = new ArrayList<>(List.of(
                book("a", 1L, 2L, "B1"),
                book(".", 1L, null, "C2"),
                book("lost", 77L, null, "D3"),
                book("orphan", null, null, "E4")));
        IntStream.range(100, 145).forEach(id -> books.add(book("x" + id, 3L, null, "X" + id)));
        DeltaWriter.create(
                        lake.resolve("fact_book"),
                        "b_id string not null, b_author bigint, b_editor bigint, b_title string",
                        List.of("b_id"))
                .commit(Changes.inserting(books));
        DeltaWriter.create(
                        lake.resolve("fact_review"),
                        "r_book string not null, r_number bigint not null, r_stars bigint",
                        List.of("r_book", "r_number"))
                .commit(Changes.inserting(List.of(
                        Row.of("r_book", "a", "r_number", 1L, "r_stars", 5L),
                        Row.of("r_book", "a", "r_number", 2L, "r_stars", 3L))));
        for (String entity : List.of("authors", "books", "reviews")) {
            until(reply -> "1".equals(reply.header("Delta-Table-Version")), reader, API + entity);
        }
    }

    @Test
    void relatedEntitiesStandInsideTheAnswer() {
        assertThat(get(reader, API + "books/a?expand=author,reviews&fields=bookId,author.name,reviews.stars")
                        .body())
                .isEqualTo("{\"bookId\":\"a\",\"author\":{\"name\":\"A1\"},"
                        + "\"reviews\":{\"items\":[{\"stars\":5},{\"stars\":3}],\"nextCursor\":null}}");
        Reply page = get(reader, API + "books?expand=author&fields=bookId,author.authorId&limit=5");
        assertThat(page.body())
                .startsWith(
                        "{\"items\":[{\"bookId\":\".\",\"author\":{\"authorId\":1}},{\"bookId\":\"a\",\"author\":{\"authorId\":1}},"
                                + "{\"bookId\":\"lost\",\"author\":null},{\"bookId\":\"orphan\",\"author\":null},{\"bookId\":\"x100\",\"author\":{\"authorId\":3}}],");
        assertThat(get(reader, API + "reviews/a,1?expand=book.author.books&fields=book.author.books.bookId")
                        .body())
                .isEqualTo("{\"book\":{\"author\":{\"books\":"
                        + "{\"items\":[{\"bookId\":\".\"},{\"bookId\":\"a\"}],\"nextCursor\":null}}}}");
    }

    @Test
    void everyRelationHasItsOwnAddress() {
        Reply author = get(reader, API + "books/a/author?fields=name&expand=books");
        assertThat(author.body()).startsWith("{\"name\":\"A1\",\"books\":{\"items\":[");
        assertThat(author.header("Delta-Table-Version")).isEqualTo("1");
        get(reader, API + "books/lost/author").isProblem(404, "unknown-key");
        get(reader, API + "books/orphan/author").isProblem(404, "unknown-key");
        get(reader, API + "books/nothing/author").isProblem(404, "unknown-key");
        get(reader, API + "books/a/author?limit=1")
                .isProblem(400, "invalid-request")
                .naming("limit");

        Reply counted = get(
                reader,
                API + "authors/3/books?title.lt=X110&sort=-title&limit=2&fields=title",
                "Prefer",
                "count=exact");
        assertThat(counted.body())
                .startsWith("{\"items\":[{\"title\":\"X109\"},{\"title\":\"X108\"}],\"nextCursor\":\"");
        assertThat(counted.header("Total-Count")).isEqualTo("10");
        assertThat(counted.header("Link"))
                .contains("/api/library/v1/authors/3/books?title.lt=X110&sort=-title&limit=2&fields=title&cursor=");
        get(reader, API + "authors/55/books").isProblem(404, "unknown-key");
        assertThat(get(reader, API + "authors/2/books").items()).isEmpty();
        get(reader, API + "authors/3/books?colour=red&limit=0")
                .isProblem(400, "invalid-request")
                .naming("colour", "limit");
    }

    @Test
    void theCursorInsideAnAnswerGoesOnAtTheRelationsAddress() {
        Reply inside = get(reader, API + "authors/3?expand=books&fields=books.bookId");
        Set<String> walked = new LinkedHashSet<>();
        inside.json()
                .at("/books/items")
                .forEach(book -> walked.add(book.path("bookId").asString()));
        String cursor = inside.json().at("/books/nextCursor").asString();
        while (cursor != null) {
            Reply page = get(reader, API + "authors/3/books?limit=7&cursor=" + cursor);
            page.items().forEach(book -> walked.add((String) Objects.requireNonNull(book.get("bookId"))));
            cursor = page.nextCursor();
        }
        assertThat(walked).hasSize(45);
    }

    @Test
    void nothingIsShownBehindARelationThatIsNotShownInFront() {
        assertThat(get(european, API + "books/a?expand=author&fields=author.name")
                        .body())
                .isEqualTo("{\"author\":{\"name\":\"A1\"}}");
        get(european, API + "authors/2/books").isProblem(404, "unknown-key");
        assertThat(get(reader, API + "books/a?expand=editor&fields=editor.name").body())
                .isEqualTo("{\"editor\":null}");
        get(reader, API + "books/a/editor").isProblem(404, "unknown-key");
        assertThat(get(internal, API + "books/a/editor?fields=name,pension").body())
                .isEqualTo("{\"name\":\"A2\",\"pension\":9.50}");
        assertThat(get(reader, API + "authors/2/edited").items()).isEmpty();
        assertThat(get(internal, API + "authors/2/edited").items()).hasSize(1);
        get(european, API + "books/a?expand=reviews").isProblem(403, "forbidden");
        get(european, API + "books/a/reviews").isProblem(403, "forbidden");
    }

    @Test
    void whatIsWrongWithAnExpansionIsSaid() {
        get(reader, API + "books?expand=author.nothing,colour&limit=201")
                .isProblem(400, "invalid-request")
                .naming("limit", "expand", "expand");
        get(reader, API + "books?limit=200&expand=author.books")
                .isProblem(400, "invalid-request")
                .saying("ask for at most 190 entities at once");
    }

    @Test
    void manyKeysAreReadAtOnceAlsoThoseThatNoAddressCarries() {
        Reply batch =
                post(reader, API + "books:batchGet?fields=title&expand=author", "{\"keys\":[\".\",\"\",\"lost\"]}");
        assertThat(batch.status()).isEqualTo(200);
        assertThat(batch.body())
                .isEqualTo("{\"items\":[{\"key\":\".\",\"status\":200,\"entity\":{\"title\":\"C2\",\"author\":"
                        + "{\"authorId\":1,\"name\":\"A1\",\"region\":\"EUROPE\"}}},"
                        + "{\"key\":\"\",\"status\":404,\"code\":\"unknown-key\"},"
                        + "{\"key\":\"lost\",\"status\":200,\"entity\":{\"title\":\"D3\",\"author\":null}}]}");
        assertThat(batch.header("Delta-Table-Version")).isEqualTo("1");
        assertThat(post(european, API + "authors:batchGet?fields=name", "{\"keys\":[1,2,99]}")
                        .body())
                .isEqualTo(
                        "{\"items\":[{\"key\":1,\"status\":200,\"entity\":{\"name\":\"A1\"}},"
                                + "{\"key\":2,\"status\":404,\"code\":\"unknown-key\"},{\"key\":99,\"status\":404,\"code\":\"unknown-key\"}]}");
        assertThat(post(reader, API + "authors:batchGet?fields=name", "{\"keys\":[1.0,1e0]}")
                        .json()
                        .path("items")
                        .findValuesAsString("status"))
                .containsExactly("200", "200");
        assertThat(post(reader, API + "reviews:batchGet", "{\"keys\":[{\"number\":2,\"bookId\":\"a\"}]}")
                        .body())
                .contains("\"entity\":{\"bookId\":\"a\",\"number\":2,\"stars\":3}");
        post(european, API + "reviews:batchGet", "{\"keys\":[{\"number\":2,\"bookId\":\"a\"}]}")
                .isProblem(403, "forbidden");
        post("", API + "books:batchGet", "{\"keys\":[\".\"]}").isProblem(401, "unauthenticated");
    }

    @Test
    void wholeCollectionsComeAsLines() {
        Reply csv = get(reader, API + "authors/3/books?fields=bookId,title&sort=-title", "Accept", "text/csv");
        assertThat(csv.body())
                .startsWith("bookId,title\r\nx144,X144\r\nx143,X143\r\n")
                .endsWith("x100,X100\r\n");
        Reply lines = get(reader, API + "books?expand=author&fields=author.name", "Accept", "application/jsonl");
        assertThat(lines.body().lines()).hasSize(49).startsWith("{\"author\":{\"name\":\"A1\"}}");
        assertThat(get(internal, API + "authors", "Accept", "text/csv").body())
                .isEqualTo(
                        "authorId,name,region,pension\r\n1,A1,EUROPE,9.50\r\n2,A2,ASIA,9.50\r\n3,A3,EUROPE,9.50\r\n");
        assertThat(get(european, API + "authors", "Accept", "text/csv").body())
                .isEqualTo("authorId,name,region\r\n1,A1,EUROPE\r\n3,A3,EUROPE\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authors",
                "authors/1",
                "authors/3/books?limit=2",
                "books/a/author",
                "books?expand=author&limit=3"
            })
    void theTagFollowsWhatIsShown(String address) {
        Reply first = get(reader, API + address);
        String tag = Objects.requireNonNull(first.header("ETag"));

        Reply again = get(reader, API + address, "If-None-Match", tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(tag);
        assertThat(again.header("Delta-Table-Version")).isEqualTo("1");
        assertThat(get(internal, API + address, "If-None-Match", tag).status()).isEqualTo(200);
        String projected = API
                + address
                + (address.contains("?") ? "&" : "?")
                + (address.contains("books?") ? "fields=title" : "fields=name");
        assertThat(get(reader, projected, "If-None-Match", tag).status()).isEqualTo(200);
        assertThat(String.join(", ", first.http().headers().allValues("Vary")))
                .contains("Authorization", "Accept", "X-API-Key");
    }

    @Test
    void whoJustCommittedReadsTheirOwnWrite() throws Exception {
        DeltaWriter table =
                DeltaWriter.create(LAKEHOUSE.resolve("library/own"), "o_id bigint not null", List.of("o_id"));
        for (long version = 1; version <= 3; version++) {
            table.commit(Changes.inserting(List.of(Row.of("o_id", version))));
            Reply own = get(
                    reader,
                    API + "own/" + version,
                    "Min-Delta-Table-Version",
                    Long.toString(version),
                    "Prefer",
                    "wait=30");
            assertThat(own.status()).as(own.body()).isEqualTo(200);
        }
        Reply early = get(reader, API + "own", "Min-Delta-Table-Version", "4").isProblem(503, "version-not-applied");
        assertThat(early.header("Retry-After")).isNotNull();
    }

    private static Row author(long id, String region) {
        return Row.of("a_id", id, "a_name", "A" + id, "a_region", region, "a_pension", new BigDecimal("9.50"));
    }

    private static Row book(String id, @Nullable Long author, @Nullable Long editor, String title) {
        return Row.of("b_id", id, "b_author", author, "b_editor", editor, "b_title", title);
    }
}
