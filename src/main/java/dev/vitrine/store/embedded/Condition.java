package dev.vitrine.store.embedded;

import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.entity.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A condition in SQL and the values of its parameters, in order. Values never become part of the text.
record Condition(String sql, List<@Nullable Object> parameters) {

    static final Condition TRUE = new Condition("1", List.of());
    private static final Condition FALSE = new Condition("0", List.of());

    static Condition of(String sql, @Nullable Object... parameters) {
        return new Condition(sql, Arrays.asList(parameters));
    }

    /// @param sign before each column; `+` keeps SQLite from looking for it in an index
    static Condition of(Filter filter, Columns columns, String sign) {
        return switch (filter) {
            case Filter.And and ->
                all(and.parts().stream().map(part -> of(part, columns, sign)).toList());
            case Filter.Or or ->
                join(or.parts().stream().map(part -> of(part, columns, sign)).toList(), " OR ", FALSE);
            case Filter.Not not -> {
                Condition part = of(not.part(), columns, sign);
                yield new Condition("(NOT " + part.sql + ")", part.parameters);
            }
            case Filter.Comparison comparison ->
                comparison(columns.column(comparison.column()).signed(sign), comparison.operator(), comparison.value());
            case Filter.In in -> in(columns.column(in.column()).signed(sign), in.values());
            case Filter.StartsWith startsWith ->
                startsWith(columns.column(startsWith.column()).signed(sign), startsWith.prefix());
            case Filter.IsNull isNull ->
                of("(" + columns.column(isNull.column()).signed(sign).name() + " IS NULL)");
        };
    }

    /// The parameters for a statement.
    @Nullable
    Object[] values() {
        return parameters.toArray();
    }

    static Condition all(List<Condition> parts) {
        return join(parts, " AND ", TRUE);
    }

    /// Joins by halves: SQLite limits the depth of an expression, and a chain is as deep as it is long.
    private static Condition join(List<Condition> parts, String word, Condition ofNone) {
        if (parts.isEmpty()) {
            return ofNone;
        }
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        Condition left = join(parts.subList(0, parts.size() / 2), word, ofNone);
        Condition right = join(parts.subList(parts.size() / 2, parts.size()), word, ofNone);
        List<@Nullable Object> parameters = new ArrayList<>(left.parameters);
        parameters.addAll(right.parameters);
        return new Condition("(" + left.sql + word + right.sql + ")", parameters);
    }

    /// A value that cannot be in the column lies above the kept value that its encoding gives, and below the next.
    private static Condition comparison(Column column, Operator operator, Object value) {
        boolean exact = column.encoding().exact(value);
        return switch (operator) {
            case EQ -> exact ? compare(column, "=", value) : never(column);
            case NE -> exact ? compare(column, "<>", value) : always(column);
            case LT -> compare(column, exact ? "<" : "<=", value);
            case LE -> compare(column, "<=", value);
            case GT -> compare(column, ">", value);
            case GE -> compare(column, exact ? ">=" : ">", value);
        };
    }

    private static Condition compare(Column column, String operator, Object value) {
        return of("(" + column.name() + operator + "?)", column.encode(value));
    }

    /// False, or unknown where the value is absent.
    private static Condition never(Column column) {
        return of("(" + column.name() + "<>" + column.name() + ")");
    }

    /// True, or unknown where the value is absent.
    private static Condition always(Column column) {
        return of("(" + column.name() + "=" + column.name() + ")");
    }

    private static Condition in(Column column, List<Object> values) {
        List<@Nullable Object> kept = new ArrayList<>(values.size());
        for (Object value : values) {
            if (column.encoding().exact(value)) {
                kept.add(column.encode(value));
            }
        }
        if (kept.isEmpty()) {
            return never(column);
        }
        String marks = "?,".repeat(kept.size() - 1) + "?";
        return new Condition("(" + column.name() + " IN (" + marks + "))", kept);
    }

    private static Condition startsWith(Column column, String prefix) {
        String end = after(prefix);
        return end == null
                ? of("(" + column.name() + ">=?)", prefix)
                : of("(" + column.name() + ">=? AND " + column.name() + "<?)", prefix, end);
    }

    /// The first text, by code point, behind all that begin with the prefix; null if there is none.
    private static @Nullable String after(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                // surrogates are no characters: U+D7FF is followed by U+E000
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return prefix.substring(0, end) + Character.toString(next);
            }
        }
        return null;
    }
}
