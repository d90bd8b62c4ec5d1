package dev.vitrine.graphql;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.Role;
import dev.vitrine.contract.RowFilter;
import dev.vitrine.contract.RowFilter.Comparison;
import dev.vitrine.contract.RowFilter.Operand.Literal;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.graphql.Allowed.Opening;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Roles over the test contract, each row filter beside the same in Java.
record RandomRoles(Random random, DataProduct product) {

    private record Rows(RowFilter filter, Predicate<JsonNode> test) {}

    Opening role(String scope) {
        Set<String> classes = random.nextBoolean() ? Set.of(Allowed.RESTRICTED) : Set.of();
        Map<String, RowFilter> filters = new HashMap<>();
        Map<String, Predicate<JsonNode>> tests = new HashMap<>();
        if (random.nextInt(4) > 0) {
            for (String collection : List.of("customers", "orders", "stores")) {
                if (random.nextInt(4) > 0) {
                    Rows rows = rows(collection);
                    filters.put(collection, rows.filter());
                    tests.put(collection, rows.test());
                }
            }
        }
        return new Opening(new Role(scope, null, classes, filters), tests);
    }

    private Rows rows(String collection) {
        return switch (collection) {
            case "customers" -> random.nextInt(3) > 0 ? customers() : combined(customers(), customers());
            case "orders" -> random.nextInt(3) > 0 ? orders() : combined(orders(), orders());
            default -> {
                String country = random.nextBoolean() ? "FR" : "PE";
                yield new Rows(
                        filter("stores", "country", Operator.EQ, country),
                        row -> row.path("country").asString().equals(country));
            }
        };
    }

    private Rows customers() {
        long id = random.nextLong(60);
        BigDecimal balance = BigDecimal.valueOf(random.nextLong(-700, 900));
        return switch (random.nextInt(4)) {
            case 0 ->
                new Rows(
                        filter("customers", "region", Operator.EQ, "EUROPE"),
                        row -> row.path("region").asString("").equals("EUROPE"));
            case 1 ->
                // of an absent region it is not known whether it is another one
                new Rows(
                        new RowFilter.Not(filter("customers", "region", Operator.EQ, "EUROPE")),
                        row -> row.path("region").asString("").equals("MIDDLE EAST"));
            case 2 ->
                new Rows(
                        filter("customers", "customerId", Operator.LE, id),
                        row -> row.path("customerId").asLong() <= id);
            default ->
                new Rows(
                        filter("customers", "balance", Operator.GE, balance),
                        row -> row.path("balance").decimalValue().compareTo(balance) >= 0);
        };
    }

    private Rows orders() {
        BigDecimal total = BigDecimal.valueOf(random.nextLong(240));
        String id = "o%03d".formatted(random.nextInt(240));
        return switch (random.nextInt(3)) {
            case 0 ->
                new Rows(
                        filter("orders", "total", Operator.LT, total),
                        row -> row.path("total").decimalValue().compareTo(total) < 0);
            case 1 ->
                new Rows(
                        filter("orders", "orderId", Operator.GE, id),
                        row -> row.path("orderId").asString().compareTo(id) >= 0);
            default ->
                new Rows(
                        new RowFilter.In(path("orders", "customerId"), List.of(new Literal(3L), new Literal(7L))),
                        row -> Set.of(3L, 7L).contains(row.path("customerId").asLong(0)));
        };
    }

    private Rows combined(Rows one, Rows other) {
        return random.nextBoolean()
                ? new Rows(new RowFilter.And(List.of(one.filter, other.filter)), one.test.and(other.test))
                : new Rows(new RowFilter.Or(List.of(one.filter, other.filter)), one.test.or(other.test));
    }

    private RowFilter filter(String collection, String field, Operator operator, Object value) {
        return new Comparison(path(collection, field), operator, new Literal(value));
    }

    private FieldPath path(String collection, String field) {
        return product.entity(collection).orElseThrow().field(field).orElseThrow();
    }
}
