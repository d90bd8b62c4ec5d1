package dev.vitrine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.access.Caller;
import dev.vitrine.access.Grants;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.Role;
import dev.vitrine.contract.RowFilter;
import dev.vitrine.entity.Revision;
import dev.vitrine.query.InvalidQuery.Fault;
import dev.vitrine.query.Selection.Condition;
import dev.vitrine.query.Shop.Row;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntitiesTest {

    private static final ReadBudget AMPLE = new ReadBudget(10_000, Duration.ofSeconds(5));
    private static final Caller READER = caller("read");
    private static final Caller SUPPORT = caller("support");
    private static final Caller EUROPEAN = caller("europe");
    private static final Caller STRANGER = caller("nothing");

    @TempDir
    Path folder;

    private EntityStore store;
    private final Shop shop = new Shop(List.of(
            new Role("read", null, Set.of(), Map.of()),
            new Role("support", null, Set.of("money"), Map.of()),
            new Role("europe", null, Set.of("secret"), Map.of("customers", inEurope())),
            new Role("orders", null, Set.of(), Map.of("orders", inEurope()))));
    private Entities entities;

    @BeforeEach
    void serve() {
        store = EmbeddedStores.open(folder);
        shop.load(store, LongStream.range(0, 30).mapToObj(EntitiesTest::row).toList());
        entities = entities(AMPLE, "one secret");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void showsTheFieldsOfTheVersionInItsOrder() {
        assertThat(one("4", null, SUPPORT)).isEqualTo("""
                {"id":4,"name":"n4","balance":9.00,"remark":null,\
                "place":{"region":"EUROPE","since":"1998-01-05"},"extra":{"size":"4"},\
                "lines":[{"part":"a,\\"]","price":"1.50"},null]}""");
    }

    @Test
    void answersWithTheFieldsAskedForInTheContractsOrder() {
        assertThat(one("4", List.of("extra.size", "place", "id"), READER))
                .isEqualTo("{\"id\":4,\"place\":{\"region\":\"EUROPE\"},\"extra\":{\"size\":\"4\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"77", "abc", "", "4.0", "99999999999999999999", "04"})
    void knowsNoEntityUnderAKeyThatIsNotThereOrIsNone(String key) {
        EntityAnswer answer = entities.get(shop.product(), Shop.CUSTOMERS, List.of(key), null, READER);

        assertThat(answer).isInstanceOf(EntityAnswer.None.class);
        assertThat(answer.asOf().revision().version()).isEqualTo(7);
    }

    @Test
    void hidesRowsThatNoRoleOpensAsIfTheyWereNotThere() {
        assertThat(entities.get(shop.product(), Shop.CUSTOMERS, List.of("3"), null, EUROPEAN))
                .isInstanceOf(EntityAnswer.None.class);
        assertThat(one("4", List.of("note"), EUROPEAN)).isEqualTo("{\"note\":\"s4\"}");
    }

    @Test
    void namesTheScopesThatWouldOpenAClosedCollection() {
        assertThatThrownBy(() -> entities.get(shop.product(), Shop.CUSTOMERS, List.of("4"), null, STRANGER))
                .isInstanceOfSatisfying(
                        NotGranted.class,
                        closed -> assertThat(closed.scopes()).containsExactlyInAnyOrder("read", "support", "europe"));
        assertThatThrownBy(() -> list(query(), caller("orders"))).isInstanceOf(NotGranted.class);
    }

    @Test
    void isClosedToEverybodyWithoutRoles() {
        Shop closed = new Shop(List.of());
        Entities door = new StoredEntities(store, closed, new Grants(), new Cursors(new byte[32]), AMPLE);

        assertThatThrownBy(() -> door.get(closed.product(), Shop.CUSTOMERS, List.of("4"), null, READER))
                .isInstanceOf(NotGranted.class);
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        Selection selection = new Selection(
                List.of(
                        condition("nme", Selection.Test.EQ, "x"),
                        condition("remark", Selection.Test.EQ, "x"),
                        condition("id", Selection.Test.GT, "x"),
                        condition("id", Selection.Test.STARTS_WITH, "1"),
                        condition("extra.size", Selection.Test.IN, "1", "two", "three"),
                        condition("name", Selection.Test.IS_NULL, "yes")),
                List.of("-remark", "sum"),
                201,
                null,
                List.of("id", "colour"),
                false);

        InvalidQuery refusal = catchThrowableOfType(InvalidQuery.class, () -> list(selection, READER));

        assertThat(refusal.faults())
                .extracting(Fault::parameter, Fault::code)
                .containsExactly(
                        tuple("nme", "unknown-field"),
                        tuple("remark", "not-filterable"),
                        tuple("id", "invalid-value"),
                        tuple("id", "unfit-operator"),
                        tuple("extra.size", "invalid-value"),
                        tuple("extra.size", "invalid-value"),
                        tuple("name", "invalid-value"),
                        tuple("sort", "not-sortable"),
                        tuple("sort", "unknown-field"),
                        tuple("fields", "unknown-field"),
                        tuple("limit", "invalid-value"));
    }

    @Test
    void speaksOfAFieldThatIsNeverShownAsOfOneThatDoesNotExist() {
        for (String field : List.of("balance", "nonsense")) {
            InvalidQuery refusal = catchThrowableOfType(
                    InvalidQuery.class,
                    () -> list(
                            new Selection(
                                    List.of(condition(field, Selection.Test.GT, "0")),
                                    List.of(field),
                                    20,
                                    null,
                                    List.of(field),
                                    false),
                            READER));

            assertThat(refusal.faults().stream().map(fault -> fault.toString().replace(field, "?")))
                    .containsExactly(
                            "Fault[parameter=?, code=unknown-field, detail=there is no field '?' to filter by; filterable are id, name, place.region, extra.size]",
                            "Fault[parameter=sort, code=unknown-field, detail=there is no field '?'; sortable are id, name, place.region, extra.size]",
                            "Fault[parameter=fields, code=unknown-field, detail=there is no field '?'; there are id, name, remark, place, place.region, extra, extra.size, lines]");
        }
    }

    @Test
    void sortsOnlyByWhatIsShownOnEveryRow() {
        Caller both = caller("read", "europe");

        assertThatThrownBy(() -> list(query("note"), both)).hasMessageContaining("not shown to you on every row");
        assertThat(list(query("note"), EUROPEAN).items()).hasSize(15);
    }

    @ParameterizedTest
    @CsvSource({
        "'place.region,-name', true",
        "'place.region,name', false",
        "'-name,-id', true",
        "'name,name', false",
        "'name,id', true",
        "'-id', true"
    })
    void sortsBySeveralFieldsOnlyAsDeclared(String sort, boolean allowed) {
        Selection selection = query(sort.split(","));
        if (allowed) {
            assertThat(list(selection, READER).items()).hasSize(20);
        } else {
            assertThatThrownBy(() -> list(selection, READER)).isInstanceOf(InvalidQuery.class);
        }
    }

    @Test
    void countsOnlyWhenAsked() {
        assertThat(list(query(), READER).total()).isNull();
        assertThat(list(new Selection(List.of(), List.of(), 1, null, null, true), EUROPEAN)
                        .total())
                .isEqualTo(15);
    }

    @Test
    void givesTheSameCursorForTheSamePage() {
        assertThat(list(query(), READER).nextCursor())
                .isEqualTo(list(query(), READER).nextCursor())
                .matches("[A-Za-z0-9_-]{20,100}");
    }

    @Test
    void continuesInAnotherProcessWithTheSameSecret() {
        String cursor = list(query(), READER).nextCursor();

        assertThat(entities(AMPLE, "one secret")
                        .list(shop.product(), Shop.CUSTOMERS, at(query(), cursor), READER)
                        .items())
                .hasSize(10);
        assertThatThrownBy(() ->
                        entities(AMPLE, "another").list(shop.product(), Shop.CUSTOMERS, at(query(), cursor), READER))
                .isInstanceOf(InvalidQuery.class);
    }

    @Test
    void aCursorOfATableThatWasReplacedHasExpired() {
        Selection first = new Selection(List.of(), List.of(), 5, null, null, false);
        String cursor = list(first, READER).nextCursor();
        List<Row> rows = LongStream.range(0, 30).mapToObj(EntitiesTest::row).toList();

        shop.load(store, rows, new Revision(1, 9, Instant.EPOCH));
        assertThat(list(at(first, cursor), READER).items()).as("loaded again").hasSize(5);

        shop.load(store, rows, new Revision(2, 0, Instant.EPOCH));
        assertThatThrownBy(() -> list(at(first, cursor), READER))
                .isInstanceOf(CursorExpired.class)
                .hasMessageContaining("customers were replaced")
                .hasMessageContaining("start again from the first page");
    }

    @Test
    void tellsSinceWhichVersionWhatIsServedDiverges() {
        Selection all = new Selection(List.of(), List.of(), 5, null, null, false);
        assertThat(list(all, READER).asOf().divergedSince()).isNull();

        Revision rejected = new Revision(1, 8, Instant.EPOCH);
        try (ChangeWriter writer =
                store.table(shop.tables().getFirst()).writer(1).changes()) {
            writer.reject(rejected);
            writer.publish(rejected, "");
        }

        assertThat(list(all, READER).asOf().divergedSince()).isEqualTo(8);
        assertThat(entities.get(shop.product(), Shop.CUSTOMERS, List.of("nothing"), null, READER)
                        .asOf())
                .isEqualTo(new AsOf(rejected, 8L));
    }

    @Test
    void refusesCursorsOfOtherQueriesAndOtherCallers() {
        String cursor = list(query(), READER).nextCursor();

        refused(at(query("name"), cursor), READER);
        refused(at(query("-id"), cursor), READER);
        refused(at(query(), cursor), SUPPORT);
        Selection filtered =
                new Selection(List.of(condition("id", Selection.Test.GT, "0")), List.of(), 20, cursor, null, false);
        refused(filtered, READER);
    }

    @Test
    void refusesCursorsThatWereTamperedWith() {
        String cursor = String.valueOf(list(query(), READER).nextCursor());
        for (int i = 0; i < cursor.length(); i += 7) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            refused(at(query(), cursor.substring(0, i) + other + cursor.substring(i + 1)), READER);
        }
        for (String garbage : List.of("", "x", "not base64!", "A".repeat(60), cursor.substring(4), "😀")) {
            refused(at(query(), garbage), READER);
        }
    }

    @Test
    void saysWhatToDeclareWhenAQueryWouldScan() {
        Entities poor = entities(new ReadBudget(5, Duration.ofSeconds(5)), "");
        Selection scan = new Selection(
                List.of(condition("place.region", Selection.Test.EQ, "MARS")), List.of("name"), 20, null, null, true);

        assertThatThrownBy(() -> poor.list(
                        shop.product(),
                        Shop.CUSTOMERS,
                        new Selection(
                                List.of(condition("place.region", Selection.Test.EQ, "EUROPE")),
                                List.of("name"),
                                20,
                                null,
                                null,
                                true),
                        READER))
                .isInstanceOf(QueryTooExpensive.class)
                .hasMessageContaining("[[place.region, name]]");
        assertThat(list(scan, READER).items()).isEmpty();
    }

    @Test
    void saysThatNothingIsLoadedYet() {
        Entities early = new StoredEntities(
                EmbeddedStores.open(folder.resolve("empty")), shop, new Grants(), new Cursors(new byte[32]), AMPLE);

        for (String key : List.of("4", "abc")) {
            assertThatThrownBy(() -> early.get(shop.product(), Shop.CUSTOMERS, List.of(key), null, READER))
                    .isInstanceOf(EntitiesUnavailable.class);
        }
        assertThatThrownBy(() -> early.list(shop.product(), Shop.CUSTOMERS, query(), READER))
                .isInstanceOf(EntitiesUnavailable.class);
    }

    private void refused(Selection selection, Caller caller) {
        assertThatThrownBy(() -> list(selection, caller))
                .isInstanceOfSatisfying(
                        InvalidQuery.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(Fault::parameter, Fault::code)
                                .containsExactly(tuple("cursor", "invalid-cursor")));
    }

    private Entities entities(ReadBudget budget, String secret) {
        return new StoredEntities(
                store, shop, new Grants(), new Cursors(secret.getBytes(StandardCharsets.UTF_8)), budget);
    }

    private EntityAnswer.Many list(Selection selection, Caller caller) {
        return entities.list(shop.product(), Shop.CUSTOMERS, selection, caller);
    }

    private String one(String key, @Nullable List<String> fields, Caller caller) {
        EntityAnswer answer = entities.get(shop.product(), Shop.CUSTOMERS, List.of(key), fields, caller);
        return new String(((EntityAnswer.One) answer).json(), StandardCharsets.UTF_8);
    }

    private static Selection query(String... sort) {
        return new Selection(List.of(), List.of(sort), 20, null, null, false);
    }

    private static Selection at(Selection selection, @Nullable String cursor) {
        return new Selection(selection.conditions(), selection.sort(), selection.limit(), cursor, null, false);
    }

    private static Condition condition(String field, Selection.Test test, String... values) {
        return new Condition(field, field, test, List.of(values));
    }

    private static Caller caller(String... scopes) {
        return new Caller("ada", "notebook", Set.of(scopes), Map.of());
    }

    private static RowFilter inEurope() {
        FieldPath region = Shop.CUSTOMERS.field("place.region").orElseThrow();
        return new RowFilter.Comparison(region, RowFilter.Operator.EQ, new RowFilter.Operand.Literal("EUROPE"));
    }

    private static Row row(long id) {
        return new Row(Arrays.<@Nullable Object>asList(
                id,
                "n" + id,
                new BigDecimal("9.00"),
                "s" + id,
                null,
                id % 2 == 0 ? "EUROPE" : "ASIA",
                LocalDate.of(1998, 1, 1).plusDays(id),
                id,
                "t"));
    }
}
