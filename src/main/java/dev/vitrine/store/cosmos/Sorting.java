package dev.vitrine.store.cosmos;

import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An order in the service's SQL: its terms, then the key in the direction of the last one. What follows a position is
/// cut
/// into segments, each one range of an index that is read in order, and each wholly before the next. For `-a, b, k`
/// after (5, x, 1) these are:
/// 1. `a = 5 and b = x and k > 1`
/// 2. `a = 5 and b > x`
/// 3. `a < 5`
/// 4. `a is null`
record Sorting(List<Term> terms, int given) {

    /// One column of the order.
    record Term(Column column, boolean descending) {

        String name() {
            return (descending ? "-" : "") + column.name();
        }

        String opposite() {
            return (descending ? "" : "-") + column.name();
        }
    }

    static Sorting of(Order order, Columns columns) {
        List<Term> terms = new ArrayList<>();
        order.terms().forEach(term -> terms.add(new Term(columns.column(term.column()), term.descending())));
        int given = terms.size();
        boolean descending = given > 0 && terms.getLast().descending();
        for (Column column : columns.key()) {
            if (terms.stream().noneMatch(term -> term.column().equals(column))) {
                terms.add(new Term(column, descending));
            }
        }
        return new Sorting(List.copyOf(terms), given);
    }

    /// Whether an index of a generation gives this order.
    ///
    /// @param composites those it has
    boolean isServedBy(List<String> composites) {
        return terms.size() == 1
                || composites.contains(names(Term::name))
                || composites.contains(names(Term::opposite));
    }

    private String names(Function<Term, String> name) {
        return terms.stream().map(name).collect(Collectors.joining(","));
    }

    String orderBy() {
        return terms.stream()
                .map(term -> term.column().sql() + (term.descending() ? " DESC" : " ASC"))
                .collect(Collectors.joining(", "));
    }

    /// What a row is sorted by, as it is kept, in the order of the terms.
    List<@Nullable Object> kept(Page.Position position, Columns columns) {
        if (position.terms().size() != given) {
            throw new IllegalArgumentException("a position has one value for each term of the order");
        }
        List<@Nullable Object> kept = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            Column column = terms.get(i).column();
            kept.add(
                    i < given
                            ? column.encode(position.terms().get(i))
                            : column.encode(
                                    position.key().values().get(columns.key().indexOf(column))));
        }
        return kept;
    }

    /// One part of what follows a position.
    ///
    /// @param equal how many terms are as in the position
    /// @param nulls whether the next one is absent, rather than behind the position's
    record Segment(int equal, boolean nulls) {}

    /// The segments in their order; without a position there is one, null.
    List<@Nullable Segment> segments(@Nullable List<@Nullable Object> position) {
        List<@Nullable Segment> segments = new ArrayList<>();
        if (position == null) {
            segments.add(null);
            return segments;
        }
        for (int i = terms.size() - 1; i >= 0; i--) {
            boolean descending = terms.get(i).descending();
            boolean absent = position.get(i) == null;
            // nulls are the smallest: first ascending, last descending
            if (!absent || !descending) {
                segments.add(new Segment(i, false));
            }
            if (!absent && descending) {
                segments.add(new Segment(i, true));
            }
        }
        return segments;
    }

    String condition(Segment segment, List<@Nullable Object> position, Condition condition) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < segment.equal(); i++) {
            Column column = terms.get(i).column();
            Object value = position.get(i);
            parts.add(value == null ? Condition.isNull(column) : condition.compareKept(column, "=", value));
        }
        Term next = terms.get(segment.equal());
        Object value = position.get(segment.equal());
        if (segment.nulls()) {
            parts.add(Condition.isNull(next.column()));
        } else if (value == null) {
            parts.add(Condition.isThere(next.column()));
        } else {
            parts.add(condition.compareKept(next.column(), next.descending() ? "<" : ">", value));
        }
        return String.join(" AND ", parts);
    }

    /// Compares rows by what they are sorted by, as the service does.
    int compare(List<@Nullable Object> left, List<@Nullable Object> right) {
        for (int i = 0; i < terms.size(); i++) {
            int compared = compareKept(left.get(i), right.get(i));
            if (compared != 0) {
                return terms.get(i).descending() ? -compared : compared;
            }
        }
        return 0;
    }

    private static int compareKept(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        return switch (left) {
            case Boolean bool -> Boolean.compare(bool, (Boolean) right);
            case Long number -> Long.compare(number, (Long) right);
            case String text -> text.compareTo((String) right);
            default -> throw new IllegalArgumentException("no kept value: " + left.getClass());
        };
    }
}
