package dev.vitrine.overhttp;

import dev.vitrine.SharedTables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A table of gold with what Spark reads from it at each version, in the forms that the API promises. Written by hand,
/// so that it shares no mistake with the code.
final class ShopTable {

    private static final Function<Object, Object> AS_IT_STANDS = value -> value;
    private static final Function<Object, Object> NUMBER = value -> new BigDecimal(value.toString());
    private static final Function<Object, Object> TIME = value -> Instant.EPOCH
            .plus(((Number) value).longValue(), ChronoUnit.MICROS)
            .toString()
            .replaceFirst("(\\.\\d*?)0+Z$", "$1Z");

    final String entity;
    final String table;
    final int latest;
    private final List<String> key;
    private final List<Column> columns;
    private final List<Map<String, @Nullable Object>> changes;
    private Map<String, Map<String, @Nullable Object>> rows = new TreeMap<>();

    private ShopTable(String entity, String table, int latest, List<String> key, List<Column> columns) {
        this.entity = entity;
        this.table = table;
        this.latest = latest;
        this.key = key;
        this.columns = columns;
        this.changes = lines("cdf");
    }

    static ShopTable customers() {
        return new ShopTable(
                "customers",
                "dim_customer",
                12,
                List.of("customerId"),
                List.of(
                        plain("customerId", "c_custkey"),
                        plain("name", "c_name"),
                        plain("address", "c_address"),
                        plain("nation", "c_nation"),
                        plain("region", "c_region"),
                        plain("phone", "c_phone"),
                        new Column("accountBalance", "c_acctbal", NUMBER),
                        plain("marketSegment", "c_mktsegment"),
                        plain("comment", "c_comment"),
                        new Column("updatedAt", "c_updated_at", TIME),
                        plain("loyaltyTier", "c_loyalty_tier")));
    }

    static ShopTable orders() {
        List<Column> line = List.of(
                plain("lineNumber", "linenumber"),
                plain("partId", "partkey"),
                new Column("quantity", "quantity", NUMBER),
                new Column("extendedPrice", "extendedprice", NUMBER),
                plain("shipDate", "shipdate"));
        return new ShopTable(
                "orders",
                "fact_orders",
                10,
                List.of("orderId"),
                List.of(
                        plain("orderId", "o_orderkey"),
                        plain("customerId", "o_custkey"),
                        plain("status", "o_orderstatus"),
                        new Column("totalPrice", "o_totalprice", NUMBER),
                        plain("orderDate", "o_orderdate"),
                        plain("priority", "o_orderpriority"),
                        plain("clerk", "o_clerk"),
                        new Column(
                                "lines",
                                "o_lines",
                                value -> ((List<?>) value)
                                        .stream()
                                                .map(item -> served(line, Reply.members(item)))
                                                .toList()),
                        plain("comment", "o_comment")));
    }

    static ShopTable monthlyRevenue() {
        return new ShopTable(
                "monthlyRevenue",
                "monthly_revenue",
                10,
                List.of("month", "region"),
                List.of(
                        plain("month", "month"),
                        plain("region", "region"),
                        plain("orders", "orders"),
                        // 18 digits are more than JavaScript keeps, so the text stays
                        plain("revenue", "revenue"),
                        new Column("averageOrder", "avg_order", NUMBER)));
    }

    /// Goes on to the next version.
    ///
    /// @return the keys that it touched
    List<String> advance(int version) {
        List<String> touched = new ArrayList<>();
        for (boolean removing : List.of(true, false)) {
            for (Map<String, @Nullable Object> change : changes) {
                String type = String.valueOf(change.get("_change_type"));
                boolean removes = type.equals("delete") || type.equals("update_preimage");
                if (Integer.valueOf(version).equals(change.get("_commit_version")) && removes == removing) {
                    Map<String, @Nullable Object> row = served(columns, change);
                    if (removes) {
                        rows.remove(keyOf(row));
                    } else {
                        rows.put(keyOf(row), row);
                    }
                    touched.add(keyOf(row));
                }
            }
        }
        if (Files.exists(file("v" + version))) {
            rows = byKey(lines("v" + version).stream()
                    .map(line -> served(columns, line))
                    .toList());
        }
        return touched;
    }

    /// The rows of the present version by the text of their key.
    Map<String, Map<String, @Nullable Object>> rows() {
        return rows;
    }

    /// Refuses a key that is there twice.
    Map<String, Map<String, @Nullable Object>> byKey(List<Map<String, @Nullable Object>> entities) {
        return entities.stream()
                .collect(Collectors.toMap(
                        this::keyOf,
                        entity -> entity,
                        (one, other) -> {
                            throw new AssertionError("twice: " + one + " and " + other);
                        },
                        TreeMap::new));
    }

    private String keyOf(Map<String, @Nullable Object> entity) {
        return key.stream().map(field -> String.valueOf(entity.get(field))).collect(Collectors.joining(","));
    }

    private List<Map<String, @Nullable Object>> lines(String name) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file(name))), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> Reply.members(Reply.JSON.readValue(line, Object.class)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return SharedTables.table("gold/truth/" + table).resolve(name + ".jsonl.gz");
    }

    private static Column plain(String field, String column) {
        return new Column(field, column, AS_IT_STANDS);
    }

    private static Map<String, @Nullable Object> served(List<Column> columns, Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> served = new LinkedHashMap<>();
        for (Column column : columns) {
            Object value = row.get(column.column);
            served.put(column.field, value == null ? null : column.form.apply(value));
        }
        return served;
    }

    private record Column(String field, String column, Function<Object, Object> form) {}
}
