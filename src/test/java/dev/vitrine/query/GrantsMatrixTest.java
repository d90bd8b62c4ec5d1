package dev.vitrine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitrine.access.Caller;
import dev.vitrine.access.Grants;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.Role;
import dev.vitrine.contract.RowFilter;
import dev.vitrine.contract.RowFilter.Operand;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.query.Selection.Condition;
import dev.vitrine.query.Shop.Row;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random roles, rows, callers and queries: what comes back is exactly what may be told.
class GrantsMatrixTest {

    private static final int ROUNDS = 25;
    private static final int QUERIES = 25;
    private static final List<String> TEXTS =
            List.of("EUROPE", "ASIA", "", "a\"b\\", "\uFFFD", "😀", "Z\u0000\n", "ASIAN");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    @Test
    void tellsCallersWhatTheirRolesOpenAndNothingElse() {
        System.out.println("GrantsMatrixTest seed " + seed);
        try (EntityStore store = EmbeddedStores.open(folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                Shop shop = new Shop(roles());
                List<Row> rows = rows();
                shop.load(store, rows);
                Entities entities = new StoredEntities(
                        store,
                        shop,
                        new Grants(),
                        new Cursors(new byte[32]),
                        new ReadBudget(10_000, Duration.ofSeconds(5)));
                for (int i = 0; i < QUERIES; i++) {
                    Caller caller = caller();
                    Reference reference = new Reference(shop.product(), caller, rows);
                    if (reference.closed()) {
                        assertThatThrownBy(
                                        () -> list(entities, shop, selection(List.of(), List.of(), 20, null), caller))
                                .isInstanceOf(NotGranted.class);
                    } else {
                        checkPages(entities, shop, reference);
                        checkOne(entities, shop, reference, rows.get(random.nextInt(rows.size())));
                    }
                }
            }
        }
    }

    private void checkPages(Entities entities, Shop shop, Reference reference) {
        List<Condition> conditions = conditions();
        FieldPath sort = random.nextBoolean() ? null : any(filterable());
        boolean descending = sort != null && random.nextBoolean();
        List<String> terms = sort == null ? List.of() : List.of((descending ? "-" : "") + sort.name());
        List<String> hidden = conditions.stream()
                .map(Condition::field)
                .filter(name -> !reference.everShows(Shop.CUSTOMERS.field(name).orElseThrow()))
                .toList();
        InvalidQuery refusal = catchThrowableOfType(
                InvalidQuery.class,
                () -> list(entities, shop, selection(conditions, terms, 20, null), reference.caller()));
        if (refusal != null) {
            assertThat(refusal.faults()).allSatisfy(fault -> {
                boolean sorted = fault.parameter().equals("sort");
                assertThat(sorted || hidden.contains(fault.parameter()))
                        .as("seed %d: %s", seed, fault)
                        .isTrue();
                if (sorted && sort != null) {
                    assertThat(sort.classifications()).isNotEmpty();
                }
            });
            return;
        }
        assertThat(hidden).as("seed %d", seed).isEmpty();
        if (sort != null) {
            assertThat(reference.rows().stream().filter(row -> reference.shown(row) != null))
                    .as("seed %d: sorted by %s", seed, sort.name())
                    .allMatch(row -> reference.shows(row, sort));
        }
        List<String> answered = new ArrayList<>();
        String cursor = null;
        Long total = null;
        do {
            EntityAnswer.Many page = list(
                    entities, shop, selection(conditions, terms, 1 + random.nextInt(12), cursor), reference.caller());
            page.items().forEach(item -> answered.add(new String(item, StandardCharsets.UTF_8)));
            cursor = page.nextCursor();
            total = page.total();
        } while (cursor != null);
        List<String> expected = reference.selected(conditions, sort, descending).stream()
                .map(reference::json)
                .toList();
        assertThat(answered)
                .as("seed %d: %s sorted by %s for %s", seed, conditions, terms, reference.caller())
                .isEqualTo(expected);
        assertThat(total).isEqualTo(expected.size());
    }

    private void checkOne(Entities entities, Shop shop, Reference reference, Row row) {
        EntityAnswer answer = entities.get(
                shop.product(), Shop.CUSTOMERS, List.of(String.valueOf(row.id())), null, reference.caller());
        if (reference.shown(row) == null) {
            assertThat(answer).isInstanceOf(EntityAnswer.None.class);
        } else {
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            EntityAnswer.One.class,
                            one -> assertThat(new String(one.json(), StandardCharsets.UTF_8))
                                    .as("seed %d", seed)
                                    .isEqualTo(reference.json(row)));
        }
    }

    private static EntityAnswer.Many list(Entities entities, Shop shop, Selection selection, Caller caller) {
        return entities.list(shop.product(), Shop.CUSTOMERS, selection, caller);
    }

    private static Selection selection(
            List<Condition> conditions, List<String> sort, int limit, @Nullable String cursor) {
        return new Selection(conditions, sort, limit, cursor, null, true);
    }

    private List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            FieldPath path = any(filterable());
            boolean text = path.field().type() instanceof FieldType.StringType;
            Selection.Test test = any(List.of(Selection.Test.values()));
            if (test == Selection.Test.STARTS_WITH && !text) {
                test = Selection.Test.GTE;
            }
            List<String> values = switch (test) {
                case IN -> List.of(literal(path).toString(), literal(path).toString());
                case IS_NULL -> List.of(String.valueOf(random.nextBoolean()));
                case EQ, GT, GTE, LT, LTE, STARTS_WITH -> List.of(literal(path).toString());
            };
            conditions.add(new Condition(path.name(), path.name(), test, values));
        }
        return conditions;
    }

    private List<Role> roles() {
        List<Role> roles = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Set<String> classes = new HashSet<>();
            if (random.nextBoolean()) {
                classes.add("money");
            }
            if (random.nextBoolean()) {
                classes.add("secret");
            }
            Map<String, RowFilter> filters = switch (random.nextInt(6)) {
                case 0, 1 -> Map.of();
                case 2 -> Map.of("orders", filter(1));
                default -> Map.of("customers", filter(2));
            };
            roles.add(new Role("s" + i, null, classes, filters));
        }
        return roles;
    }

    private RowFilter filter(int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 5)) {
            case 0 -> {
                FieldPath path = any(filterable());
                Operand operand = path.field().type() instanceof FieldType.StringType && random.nextInt(3) == 0
                        ? new Operand.Claim("region")
                        : new Operand.Literal(literal(path));
                yield new RowFilter.Comparison(path, any(List.of(Operator.values())), operand);
            }
            case 1 -> {
                FieldPath path = any(filterable());
                yield new RowFilter.In(
                        path, List.of(new Operand.Literal(literal(path)), new Operand.Literal(literal(path))));
            }
            case 2 -> new RowFilter.Not(filter(depth - 1));
            case 3 -> new RowFilter.And(List.of(filter(depth - 1), filter(depth - 1)));
            default -> new RowFilter.Or(List.of(filter(depth - 1), filter(depth - 1)));
        };
    }

    private Caller caller() {
        Set<String> scopes = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            if (random.nextInt(3) == 0) {
                scopes.add("s" + i);
            }
        }
        Map<String, Object> claims = switch (random.nextInt(3)) {
            case 0 -> Map.of();
            case 1 -> Map.of("region", 7);
            default -> Map.of("region", any(TEXTS));
        };
        return new Caller("ada", "notebook", scopes, claims);
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (long id = 0; id < 30; id++) {
            List<@Nullable Object> values = new ArrayList<>();
            values.add(id);
            Shop.SCALARS.stream().skip(1).forEach(path -> values.add(random.nextInt(4) == 0 ? null : literal(path)));
            rows.add(new Row(values));
        }
        return rows;
    }

    private Object literal(FieldPath path) {
        return switch (path.field().type()) {
            case FieldType.IntegerType integer -> (long) random.nextInt(-2, 6);
            case FieldType.DecimalType decimal -> BigDecimal.valueOf(random.nextInt(-300, 300) / 100 * 100L + 50, 2);
            case FieldType.DateType date -> LocalDate.of(1998, 1, 1 + random.nextInt(5));
            default -> any(TEXTS);
        };
    }

    private static List<FieldPath> filterable() {
        return Shop.SCALARS.stream()
                .filter(path -> path.field().filterable() || path.name().equals("id"))
                .toList();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
