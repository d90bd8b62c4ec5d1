package dev.vitrine.store.embedded;

import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An order in SQL. What follows a position is cut into segments, each one range of an index that is read in order,
/// and each wholly before the next. For `-a, b, key` after (5, x, k) these are:
/// 1. `a = 5 and b = x and key > k`
/// 2. `a = 5 and b > x`
/// 3. `a < 5`
/// 4. `a is null`
///
/// One condition for all of it would hide the range from SQLite.
record Sorting(List<Term> terms, List<Column> tie, boolean tieDescending, Columns columns) {

    /// One column of the order.
    record Term(Column column, boolean descending) {}

    static Sorting of(Order order, Columns columns) {
        List<Term> terms = order.terms().stream()
                .map(term -> new Term(columns.column(term.column()), term.descending()))
                .toList();
        List<Column> sorted = terms.stream().map(Term::column).toList();
        boolean descending = !terms.isEmpty() && terms.getLast().descending();
        List<Column> tie = columns.key().stream()
                .filter(column -> !sorted.contains(column))
                .toList();
        return new Sorting(terms, tie, descending, columns);
    }

    /// @param sign `+` keeps SQLite from walking an index in this order, so that it sorts what the filter finds
    String orderBy(String sign) {
        List<String> parts = new ArrayList<>();
        terms.forEach(term -> parts.add(sign + term.column().name() + (term.descending() ? " DESC" : "")));
        tie.forEach(column -> parts.add(sign + column.name() + (tieDescending ? " DESC" : "")));
        return String.join(",", parts);
    }

    /// The segments in their order; without a position there is one.
    List<Condition> segments(Page.@Nullable Position after) {
        if (after == null) {
            return List.of(Condition.TRUE);
        }
        if (after.terms().size() != terms.size()) {
            throw new IllegalArgumentException("a position has one value for each term of the order");
        }
        List<Condition> segments = new ArrayList<>();
        List<Condition> equal = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            Column column = terms.get(i).column();
            @Nullable Object value = column.encode(after.terms().get(i));
            List<Condition> behind = behind(terms.get(i), value).stream()
                    .map(condition -> with(equal, condition))
                    .toList();
            segments.addAll(0, behind);
            equal.add(
                    value == null
                            ? Condition.of(column.name() + " IS NULL")
                            : Condition.of(column.name() + "=?", value));
        }
        if (!tie.isEmpty()) {
            segments.addFirst(with(equal, behindTie(after)));
        }
        return segments;
    }

    private static Condition with(List<Condition> equal, Condition condition) {
        List<Condition> all = new ArrayList<>(equal);
        all.add(condition);
        return Condition.all(all);
    }

    /// Nulls are the smallest: first ascending, last descending.
    private static List<Condition> behind(Term term, @Nullable Object value) {
        String name = term.column().name();
        if (value == null) {
            return term.descending() ? List.of() : List.of(Condition.of(name + " IS NOT NULL"));
        }
        return term.descending()
                ? List.of(Condition.of(name + "<?", value), Condition.of(name + " IS NULL"))
                : List.of(Condition.of(name + ">?", value));
    }

    private Condition behindTie(Page.Position after) {
        String names = tie.stream().map(Column::name).collect(Collectors.joining(",", "(", ")"));
        String marks = tie.stream().map(column -> "?").collect(Collectors.joining(",", "(", ")"));
        List<@Nullable Object> values = new ArrayList<>();
        for (Column column : tie) {
            values.add(column.encode(after.key().values().get(columns.key().indexOf(column))));
        }
        return new Condition(names + (tieDescending ? "<" : ">") + marks, values);
    }
}
