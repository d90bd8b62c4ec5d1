package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.SqlParameter;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.entity.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// A condition in the service's SQL. Values become parameters, never text.
///
/// Filters are three-valued; the service's own third value, undefined, has rules of its own. So a negation is carried
/// down
/// to the comparisons, where it becomes one that holds for values that are there, and every part is true or false.
final class Condition {

    private final Columns columns;
    private final List<SqlParameter> parameters = new ArrayList<>();

    Condition(Columns columns) {
        this.columns = columns;
    }

    List<SqlParameter> parameters() {
        return parameters;
    }

    /// The text for a filter.
    String of(Filter filter) {
        return of(filter, true);
    }

    /// @param holds whether the filter is to be true, or false
    private String of(Filter filter, boolean holds) {
        return switch (filter) {
            case Filter.And and -> join(and.parts(), holds, holds ? " AND " : " OR ");
            case Filter.Or or -> join(or.parts(), holds, holds ? " OR " : " AND ");
            case Filter.Not not -> of(not.part(), !holds);
            case Filter.IsNull isNull ->
                holds ? isNull(columns.column(isNull.column())) : isThere(columns.column(isNull.column()));
            case Filter.Comparison comparison ->
                comparison(
                        columns.column(comparison.column()),
                        holds ? comparison.operator() : opposite(comparison.operator()),
                        comparison.value());
            case Filter.In in -> in(columns.column(in.column()), in.values(), holds);
            case Filter.StartsWith startsWith ->
                startsWith(columns.column(startsWith.column()), startsWith.prefix(), holds);
        };
    }

    private String join(List<Filter> parts, boolean holds, String word) {
        if (parts.isEmpty()) {
            return word.equals(" AND ") ? "true" : "false";
        }
        return parts.stream().map(part -> of(part, holds)).collect(Collectors.joining(word, "(", ")"));
    }

    private static Operator opposite(Operator operator) {
        return switch (operator) {
            case EQ -> Operator.NE;
            case NE -> Operator.EQ;
            case LT -> Operator.GE;
            case LE -> Operator.GT;
            case GT -> Operator.LE;
            case GE -> Operator.LT;
        };
    }

    static String isNull(Column column) {
        return "IS_NULL(" + column.sql() + ")";
    }

    /// Every entity has every value or null.
    static String isThere(Column column) {
        return "(NOT IS_NULL(" + column.sql() + "))";
    }

    /// A value that cannot be in the column lies above the kept value that its encoding gives, and below the next.
    private String comparison(Column column, Operator operator, Object value) {
        boolean exact = column.encoding().exact(value);
        return switch (operator) {
            case EQ -> exact ? compare(column, "=", value) : "false";
            case NE -> exact ? "(" + isThere(column) + " AND " + compare(column, "!=", value) + ")" : isThere(column);
            case LT -> compare(column, exact ? "<" : "<=", value);
            case LE -> compare(column, "<=", value);
            case GT -> compare(column, ">", value);
            case GE -> compare(column, exact ? ">=" : ">", value);
        };
    }

    private String compare(Column column, String operator, Object value) {
        return compareKept(column, operator, Objects.requireNonNull(column.encode(value)));
    }

    String compareKept(Column column, String operator, Object kept) {
        return column.sql() + " " + operator + " " + parameter(kept);
    }

    private String parameter(Object kept) {
        String name = "@p" + parameters.size();
        parameters.add(new SqlParameter(name, kept));
        return name;
    }

    private String in(Column column, List<Object> values, boolean holds) {
        String among = values.stream()
                .filter(value -> column.encoding().exact(value))
                .map(value -> parameter(Objects.requireNonNull(column.encode(value))))
                .collect(Collectors.joining(", "));
        if (among.isEmpty()) {
            return holds ? "false" : isThere(column);
        }
        String in = column.sql() + " IN (" + among + ")";
        return holds ? in : "(" + isThere(column) + " AND NOT (" + in + "))";
    }

    private String startsWith(Column column, String prefix, boolean holds) {
        String starts = "STARTSWITH(" + column.sql() + ", " + parameter(OrderedText.encode(prefix)) + ")";
        return holds ? starts : "(" + isThere(column) + " AND NOT " + starts + ")";
    }
}
