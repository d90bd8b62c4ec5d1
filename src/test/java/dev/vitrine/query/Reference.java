package dev.vitrine.query;

import dev.vitrine.access.Caller;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.Role;
import dev.vitrine.contract.RowFilter;
import dev.vitrine.contract.RowFilter.Operand;
import dev.vitrine.query.Selection.Condition;
import dev.vitrine.query.Shop.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What may be told to a caller, worked out row by row from the words of the design alone.
record Reference(DataProduct product, Caller caller, List<Row> rows) {

    /// Roles of the caller whose filter can be worked out with the caller's claims.
    private List<Role> roles() {
        return product.roles().stream()
                .filter(role -> caller.scopes().contains(role.scope()))
                .filter(role -> role.rowFilters().isEmpty() || role.rowFilters().containsKey("customers"))
                .filter(role -> !role.rowFilters().toString().contains("Claim")
                        || caller.claims().get("region") instanceof String)
                .toList();
    }

    boolean closed() {
        return product.roles().stream()
                .filter(role -> caller.scopes().contains(role.scope()))
                .noneMatch(
                        role -> role.rowFilters().isEmpty() || role.rowFilters().containsKey("customers"));
    }

    /// The classes shown on a row; null if the row is hidden.
    @Nullable
    Set<String> shown(Row row) {
        List<Role> met = roles().stream()
                .filter(role -> role.rowFilters().isEmpty()
                        || Boolean.TRUE.equals(truth(role.rowFilters().get("customers"), row)))
                .toList();
        return met.isEmpty()
                ? null
                : met.stream().flatMap(role -> role.classifications().stream()).collect(Collectors.toSet());
    }

    boolean shows(Row row, FieldPath path) {
        Set<String> classes = shown(row);
        return classes != null && classes.containsAll(path.classifications());
    }

    boolean everShows(FieldPath path) {
        Set<String> classes = new HashSet<>();
        roles().forEach(role -> classes.addAll(role.classifications()));
        return classes.containsAll(path.classifications());
    }

    /// The rows that meet all conditions without telling what is hidden, in order.
    List<Row> selected(List<Condition> conditions, @Nullable FieldPath sort, boolean descending) {
        Comparator<Row> byKey = Comparator.comparing(row -> (Long) row.id());
        Comparator<Row> order = sort == null ? byKey : by(sort).thenComparing(byKey);
        return rows.stream()
                .filter(row -> shown(row) != null)
                .filter(row -> conditions.stream().allMatch(condition -> meets(row, condition)))
                .sorted(descending ? order.reversed() : order)
                .toList();
    }

    private static Comparator<Row> by(FieldPath path) {
        return Comparator.comparing(row -> row.value(path), Comparator.nullsFirst(Reference::compare));
    }

    private boolean meets(Row row, Condition condition) {
        FieldPath path = Shop.CUSTOMERS.field(condition.field()).orElseThrow();
        Object value = row.value(path);
        if (!shows(row, path)) {
            return false;
        }
        if (condition.test() == Selection.Test.IS_NULL) {
            return (value == null) == condition.values().getFirst().equals("true");
        }
        if (value == null) {
            return false;
        }
        List<Integer> orders = condition.values().stream()
                .map(text -> compare(value, typed(value, text)))
                .toList();
        return switch (condition.test()) {
            case EQ, IN -> orders.contains(0);
            case GT -> orders.getFirst() > 0;
            case GTE -> orders.getFirst() >= 0;
            case LT -> orders.getFirst() < 0;
            case LTE -> orders.getFirst() <= 0;
            case STARTS_WITH -> ((String) value).startsWith(condition.values().getFirst());
            case IS_NULL -> throw new IllegalStateException("answered above");
        };
    }

    private static Object typed(Object like, String text) {
        return switch (like) {
            case Long number -> Long.valueOf(text);
            case BigDecimal number -> new BigDecimal(text);
            case LocalDate date -> LocalDate.parse(text);
            default -> text;
        };
    }

    private @Nullable Boolean truth(@Nullable RowFilter filter, Row row) {
        return switch (filter) {
            case null -> true;
            case RowFilter.And and -> {
                List<@Nullable Boolean> parts = truths(and.parts(), row);
                yield parts.contains(false) ? Boolean.FALSE : parts.contains(null) ? null : Boolean.TRUE;
            }
            case RowFilter.Or or -> {
                List<@Nullable Boolean> parts = truths(or.parts(), row);
                yield parts.contains(true) ? Boolean.TRUE : parts.contains(null) ? null : Boolean.FALSE;
            }
            case RowFilter.Not not -> {
                Boolean part = truth(not.part(), row);
                yield part == null ? null : !part;
            }
            case RowFilter.Comparison comparison -> {
                Object value = row.value(comparison.field());
                if (value == null) {
                    yield null;
                }
                int order = compare(value, value(comparison.operand()));
                yield switch (comparison.operator()) {
                    case EQ -> order == 0;
                    case NE -> order != 0;
                    case LT -> order < 0;
                    case LE -> order <= 0;
                    case GT -> order > 0;
                    case GE -> order >= 0;
                };
            }
            case RowFilter.In in -> {
                Object value = row.value(in.field());
                yield value == null
                        ? null
                        : in.operands().stream().anyMatch(operand -> compare(value, value(operand)) == 0);
            }
        };
    }

    private List<@Nullable Boolean> truths(List<RowFilter> parts, Row row) {
        List<@Nullable Boolean> truths = new ArrayList<>();
        parts.forEach(part -> truths.add(truth(part, row)));
        return truths;
    }

    private Object value(Operand operand) {
        return switch (operand) {
            case Operand.Literal literal -> literal.value();
            case Operand.Claim claim ->
                java.util.Objects.requireNonNull(caller.claims().get(claim.name()));
        };
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        return left instanceof String text
                ? Arrays.compareUnsigned(
                        text.getBytes(StandardCharsets.UTF_8), ((String) right).getBytes(StandardCharsets.UTF_8))
                : ((Comparable<Object>) left).compareTo(right);
    }

    /// The entity as it should be answered.
    String json(Row row) {
        Set<String> classes = java.util.Objects.requireNonNull(shown(row));
        List<String> place = new ArrayList<>(List.of(member("region", row, 5)));
        List<String> extra = new ArrayList<>();
        List<String> members = new ArrayList<>(List.of(member("id", row, 0), member("name", row, 1)));
        Object size = row.values().get(7);
        extra.add("\"size\":" + (size == null ? "null" : "\"" + size + "\""));
        String line = "{\"part\":\"a,\\\"]\"";
        if (classes.contains("money")) {
            members.add(member("balance", row, 2));
            place.add(member("since", row, 6));
            line += ",\"price\":\"1.50\"";
        }
        if (classes.contains("secret")) {
            members.add(member("note", row, 3));
            extra.add(member("tag", row, 8));
        }
        members.add(member("remark", row, 4));
        members.add("\"place\":{" + String.join(",", place) + "}");
        members.add("\"extra\":{" + String.join(",", extra) + "}");
        members.add("\"lines\":[" + line + "},null]");
        return "{" + String.join(",", members) + "}";
    }

    private static String member(String name, Row row, int index) {
        return "\"" + name + "\":" + Shop.json(row.values().get(index));
    }
}
