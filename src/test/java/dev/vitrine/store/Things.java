package dev.vitrine.store;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.GoldTable.IndexedTerm;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A table with a composite key and a column of every type, and random values, filters and orders for it. Few values,
/// so that they meet.
final class Things {

    static final List<IndexedColumn> COLUMNS = List.of(
            column("group", FieldType.StringType.any()),
            column("id", new FieldType.IntegerType(false, null, null)),
            column("text", FieldType.StringType.any()),
            column("flag", new FieldType.BooleanType()),
            column("amount", new FieldType.DecimalType(12, 2, false)),
            column("large", new FieldType.DecimalType(38, 6, false)),
            column("number", new FieldType.NumberType(false)),
            column("day", new FieldType.DateType()),
            column("at", new FieldType.TimestampType()),
            column("local", new FieldType.LocalTimestampType()));

    static final GoldTable TABLE = new GoldTable(
            "shop",
            "things",
            "/lake/things",
            ColumnFields.of(COLUMNS),
            COLUMNS.subList(0, 2),
            COLUMNS,
            List.of(List.of(new IndexedTerm(COLUMNS.get(4), true), new IndexedTerm(COLUMNS.get(2), false))),
            0.5,
            Duration.ofMinutes(1),
            null);

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "ab",
            "b",
            "B",
            "\0",
            "a\0b",
            "é",
            "\uD7FF",
            "\uFFFD",
            "😀",
            "😀x",
            "z\uDBFF\uDFFF",
            "long ".repeat(300));
    private static final List<String> NUMBERS = List.of(
            "0",
            "0.00",
            "-0.01",
            "1",
            "1.0",
            "1.00",
            "10",
            "-1",
            "-10",
            "1.23",
            "-1.23",
            "-1.2",
            "9999999999.99",
            "-9999999999.99");
    private static final List<String> EXTREMES = List.of(
            "1E-300",
            "-1E-300",
            "1.7976931348623157E+308",
            "-1.7976931348623157E+308",
            "123456789012345678901234567890");

    private final RandomGenerator random;

    Things(RandomGenerator random) {
        this.random = random;
    }

    private static IndexedColumn column(String name, FieldType.Scalar type) {
        return new IndexedColumn(List.of(name), type);
    }

    /// A value that can be stored.
    Object value(IndexedColumn column) {
        return switch (column.type()) {
            case FieldType.StringType string -> pick(TEXTS);
            case FieldType.BinaryType binary -> pick(TEXTS);
            case FieldType.TimeType time -> pick(TEXTS);
            case FieldType.BooleanType bool -> random.nextBoolean();
            case FieldType.IntegerType integer -> (long) random.nextInt(-2, 4);
            case FieldType.DecimalType decimal -> new BigDecimal(pick(NUMBERS)).setScale(decimal.scale());
            case FieldType.NumberType number -> new BigDecimal(random.nextInt(4) == 0 ? pick(EXTREMES) : pick(NUMBERS));
            case FieldType.DateType date -> LocalDate.of(pick(List.of(1, 1969, 1970, 9999)), 1, random.nextInt(1, 4));
            case FieldType.TimestampType timestamp -> pick(instants());
            case FieldType.LocalTimestampType timestamp -> pick(locals());
        };
    }

    /// A value that a filter can bring: also one between two that can be stored, or beyond them.
    private Object operand(IndexedColumn column) {
        if (random.nextInt(4) > 0) {
            return value(column);
        }
        return switch (column.type()) {
            case FieldType.DecimalType decimal -> new BigDecimal(pick(List.of("1.001", "-1.001", "1E+30", "-1E+30")));
            case FieldType.TimestampType timestamp ->
                pick(List.of(Instant.MIN, Instant.MAX, Instant.parse("1970-01-01T00:00:00.0000005Z")));
            case FieldType.IntegerType integer -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            default -> value(column);
        };
    }

    EntityKey key() {
        return EntityKey.of(value(COLUMNS.getFirst()), value(COLUMNS.get(1)));
    }

    /// The indexed values of a row with this key.
    List<@Nullable Object> row(EntityKey key) {
        List<@Nullable Object> indexed = new ArrayList<>(key.values());
        COLUMNS.stream().skip(key.values().size()).forEach(column -> indexed.add(valueOrNull(column)));
        return indexed;
    }

    private @Nullable Object valueOrNull(IndexedColumn column) {
        return !TABLE.key().contains(column) && random.nextInt(5) == 0 ? null : value(column);
    }

    private static List<Instant> instants() {
        return List.of(
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.EPOCH,
                Instant.parse("1970-01-01T00:00:00.000001Z"),
                Instant.parse("9999-12-31T23:59:59.999999Z"),
                Instant.parse("+10000-01-01T00:00:00Z"));
    }

    private static List<LocalDateTime> locals() {
        return List.of(
                LocalDateTime.parse("0001-01-01T00:00:00"),
                LocalDateTime.parse("1970-01-01T00:00:00.000001"),
                LocalDateTime.parse("9999-12-31T23:59:59.999999"));
    }

    Filter filter(int depth) {
        IndexedColumn column = pick(COLUMNS);
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0, 1 -> new Filter.Comparison(column, pick(List.of(Operator.values())), operand(column));
            case 2 -> new Filter.In(column, some(() -> operand(column)));
            case 3 -> new Filter.IsNull(column);
            case 4 -> new Filter.StartsWith(COLUMNS.get(random.nextBoolean() ? 0 : 2), pick(TEXTS));
            case 5 -> new Filter.Not(filter(depth - 1));
            case 6 -> new Filter.And(some(() -> filter(depth - 1)));
            default -> new Filter.Or(some(() -> filter(depth - 1)));
        };
    }

    Order order() {
        Set<IndexedColumn> columns = new HashSet<>(some(() -> pick(COLUMNS)));
        return new Order(columns.stream()
                .map(column -> new Order.Term(column, random.nextBoolean()))
                .toList());
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private <T> List<T> some(java.util.function.Supplier<T> one) {
        return new ArrayList<>(
                IntStream.range(0, random.nextInt(4)).mapToObj(i -> one.get()).toList());
    }
}
