package dev.vitrine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.GoldTable.IndexedTerm;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.BudgetExceeded;
import dev.vitrine.store.ColumnFields;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Origin;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoredTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What pages cost, on 50,000 orders: of four states, one of them rare, with a total and a day.
class ScanTest {

    private static final int ROWS = 50_000;
    private static final IndexedColumn ID = column("id", new FieldType.IntegerType(false, null, null));
    private static final IndexedColumn STATE = column("state", FieldType.StringType.any());
    private static final IndexedColumn TOTAL = column("total", new FieldType.DecimalType(12, 2, false));
    private static final IndexedColumn DAY = column("day", new FieldType.IntegerType(false, null, null));
    private static final List<IndexedColumn> COLUMNS = List.of(ID, STATE, TOTAL, DAY);
    private static final GoldTable TABLE = new GoldTable(
            "shop",
            "orders",
            "/lake/orders",
            ColumnFields.of(COLUMNS),
            List.of(ID),
            COLUMNS,
            List.of(List.of(new IndexedTerm(STATE, false), new IndexedTerm(TOTAL, true))),
            0.5,
            Duration.ofMinutes(1),
            null);
    private static final ReadBudget AMPLE = new ReadBudget(10_000_000, Duration.ofSeconds(30));
    private static final ReadBudget SMALL = new ReadBudget(5_000, Duration.ofSeconds(30));

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedStore store;

    @SuppressWarnings("NullAway.Init")
    private static StoredTable table;

    private static IndexedColumn column(String name, FieldType.Scalar type) {
        return new IndexedColumn(List.of(name), type);
    }

    @BeforeAll
    static void load() {
        store = new EmbeddedStore(folder, Clock.systemUTC());
        table = store.table(TABLE);
        Revision revision = new Revision(0, 1, Instant.EPOCH);
        try (GenerationWriter writer = table.writer(1).rebuild(new Origin("id", revision, "file"))) {
            List<EntityChange> rows = new ArrayList<>();
            for (long id = 0; id < ROWS; id++) {
                String state = id == ROWS - 10
                        ? "RARE"
                        : List.of("OPEN", "SENT", "DONE").get((int) (id % 3));
                @Nullable Object total = id % 100 == 0 ? null : java.math.BigDecimal.valueOf(id * 7919 % 100_000, 2);
                List<@Nullable Object> indexed = Arrays.asList(id, state, total, id % 365);
                rows.add(new EntityChange.Upserted(EntityKey.of(id), new byte[200], indexed, true));
            }
            writer.add(rows);
            writer.seal();
            writer.swap();
        }
    }

    @AfterAll
    static void close() {
        store.close();
    }

    static Stream<PageRequest> ordinaryPages() {
        Filter open = new Filter.Comparison(STATE, Operator.EQ, "OPEN");
        Filter some = new Filter.Comparison(DAY, Operator.GE, 100L);
        return Stream.of(Filter.ALL, open, some)
                .flatMap(filter -> Stream.of(
                                Order.BY_KEY,
                                order(ID, true),
                                order(TOTAL, false),
                                order(TOTAL, true),
                                order(STATE, false),
                                new Order(List.of(new Order.Term(STATE, false), new Order.Term(TOTAL, true))),
                                new Order(List.of(new Order.Term(STATE, true), new Order.Term(TOTAL, false))))
                        .map(order -> new PageRequest(filter, order, null, 20)));
    }

    @Test
    void readsManyPagesAsItReadsEach() {
        List<PageRequest> requests = ordinaryPages().toList();

        assertThat(table.pages(requests, AMPLE).value())
                .usingRecursiveComparison()
                .isEqualTo(requests.stream()
                        .map(request -> table.page(request, AMPLE).value())
                        .toList());
        assertThat(table.pages(List.of(), AMPLE).value()).isEmpty();
    }

    private static Order order(IndexedColumn column, boolean descending) {
        return new Order(List.of(new Order.Term(column, descending)));
    }

    @ParameterizedTest
    @MethodSource("ordinaryPages")
    void ordinaryPagesAreReadAlongAnIndexWithoutSorting(PageRequest first) throws Exception {
        PageRequest request = first;
        for (int page = 0; page < 3; page++) {
            assertThat(plan(request))
                    .isNotEmpty()
                    .allSatisfy(step -> assertThat(step).contains("USING INDEX").doesNotContain("TEMP B-TREE"));
            Page found = table.page(request, SMALL).value();
            assertThat(found.items()).hasSize(20);
            request = new PageRequest(request.filter(), request.order(), Objects.requireNonNull(found.next()), 20);
        }
    }

    @Test
    void aSelectiveFilterBeatsTheOrder() throws Exception {
        Filter few = new Filter.Comparison(DAY, Operator.EQ, 7L);
        assertThat(plan(new PageRequest(few, Order.BY_KEY, null, 20)))
                .singleElement()
                .asString()
                .contains("c3=?");
    }

    @Test
    void aRareValueOfACommonColumnIsFoundWithinTheBudget() {
        Filter rare = new Filter.Comparison(STATE, Operator.EQ, "RARE");
        assertThat(table.page(new PageRequest(rare, order(DAY, false), null, 20), SMALL)
                        .value()
                        .items())
                .hasSize(1);
    }

    @Test
    void aPrefixIsARangeOfTheIndex() throws Exception {
        PageRequest request = new PageRequest(new Filter.StartsWith(STATE, "RA"), Order.BY_KEY, null, 20);
        assertThat(plan(request)).first().asString().contains("c1>? AND c1<?");
        assertThat(table.page(request, SMALL).value().items()).hasSize(1);
    }

    @Test
    void aScanIsStoppedAndTheConnectionGoesOn() {
        Filter nothing = new Filter.Not(new Filter.Or(List.of(
                new Filter.Comparison(DAY, Operator.GE, 0L),
                new Filter.Comparison(TOTAL, Operator.LT, java.math.BigDecimal.ZERO))));
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> table.page(new PageRequest(nothing, Order.BY_KEY, null, 20), SMALL))
                    .isInstanceOf(BudgetExceeded.class)
                    .hasMessageContaining("5000 rows")
                    .hasMessageContaining("shop/orders");
            assertThatThrownBy(() -> table.count(nothing, SMALL)).isInstanceOf(BudgetExceeded.class);
            assertThat(table.count(Filter.ALL, SMALL).value()).isEqualTo(ROWS);
            assertThat(table.page(new PageRequest(nothing, Order.BY_KEY, null, 20), AMPLE)
                            .value()
                            .items())
                    .isEmpty();
        }
    }

    @Test
    void aScanIsStoppedWhenItsTimeIsUp() {
        ReadBudget noTime = new ReadBudget(1_000_000, Duration.ofNanos(1));
        Filter some = new Filter.Comparison(TOTAL, Operator.GE, java.math.BigDecimal.ONE);
        assertThatThrownBy(() -> table.count(some, noTime))
                .isInstanceOf(BudgetExceeded.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void theBudgetIsACloseEstimateOfRows() {
        // no index helps with this one
        Filter rows = new Filter.Or(
                List.of(new Filter.Comparison(TOTAL, Operator.NE, java.math.BigDecimal.ONE), new Filter.IsNull(DAY)));
        assertThat(table.count(rows, new ReadBudget(2 * ROWS, Duration.ofSeconds(30)))
                        .value())
                .isPositive();
        assertThatThrownBy(() -> table.count(rows, new ReadBudget(ROWS / 2, Duration.ofSeconds(30))))
                .isInstanceOf(BudgetExceeded.class);
    }

    @Test
    void manyValuesAndDeepFiltersAreFine() {
        List<Object> ids = new ArrayList<>();
        List<Filter> parts = new ArrayList<>();
        for (long id = 0; id < 5_000; id++) {
            ids.add(id);
            parts.add(new Filter.Comparison(ID, Operator.EQ, id));
        }
        assertThat(table.count(new Filter.In(ID, ids), AMPLE).value()).isEqualTo(5_000);
        assertThat(table.count(new Filter.Or(parts.subList(0, 2_000)), AMPLE).value())
                .isEqualTo(2_000);
    }

    private static List<String> plan(PageRequest request) throws SQLException {
        Path file = folder.resolve("shop/orders/generation-1.db");
        try (Generation generation = Generation.open(file);
                Database reader = Database.open(file, Database.Mode.READ)) {
            return new Scan(new Reads(generation, TABLE), reader, AMPLE).explain(request);
        }
    }
}
