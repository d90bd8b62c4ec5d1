package dev.vitrine.query;

import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.entity.Filter;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tests one row against filters, with the meaning that the store gives them: three-valued, and only true is met.
///
/// @param values of the row, null where it has none
record RowTest(Function<IndexedColumn, @Nullable Object> values) implements Predicate<Filter> {

    private enum Truth {
        FALSE,
        UNKNOWN,
        TRUE;

        static Truth of(boolean known) {
            return known ? TRUE : FALSE;
        }

        Truth and(Truth other) {
            return compareTo(other) <= 0 ? this : other;
        }

        Truth or(Truth other) {
            return compareTo(other) >= 0 ? this : other;
        }

        Truth not() {
            return switch (this) {
                case FALSE -> TRUE;
                case UNKNOWN -> UNKNOWN;
                case TRUE -> FALSE;
            };
        }
    }

    @Override
    public boolean test(Filter filter) {
        return truth(filter) == Truth.TRUE;
    }

    private Truth truth(Filter filter) {
        return switch (filter) {
            case Filter.And and -> and.parts().stream().map(this::truth).reduce(Truth.TRUE, Truth::and);
            case Filter.Or or -> or.parts().stream().map(this::truth).reduce(Truth.FALSE, Truth::or);
            case Filter.Not not -> truth(not.part()).not();
            case Filter.Comparison comparison -> {
                Object value = values.apply(comparison.column());
                yield value == null ? Truth.UNKNOWN : Truth.of(holds(comparison.operator(), value, comparison.value()));
            }
            case Filter.In in -> in(in);
            case Filter.StartsWith prefix -> {
                Object value = values.apply(prefix.column());
                yield value == null ? Truth.UNKNOWN : Truth.of(((String) value).startsWith(prefix.prefix()));
            }
            case Filter.IsNull isNull -> Truth.of(values.apply(isNull.column()) == null);
        };
    }

    /// As in SQL's engines, nothing is in the empty list, not even the unknown.
    private Truth in(Filter.In in) {
        Object value = values.apply(in.column());
        if (in.values().isEmpty()) {
            return Truth.FALSE;
        }
        return value == null ? Truth.UNKNOWN : Truth.of(in.values().stream().anyMatch(one -> compare(value, one) == 0));
    }

    private static boolean holds(Operator operator, Object left, Object right) {
        int order = compare(left, right);
        return switch (operator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }

    /// Both are of the column's type, and every scalar type is comparable with itself.
    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        return left instanceof String text
                ? compareCodePoints(text, (String) right)
                : ((Comparable<Object>) left).compareTo(right);
    }

    /// Java compares UTF-16 units, in which characters beyond the 16-bit ones sort before some within.
    private static int compareCodePoints(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char one = left.charAt(i);
            char other = right.charAt(i);
            if (one != other) {
                return Character.isSurrogate(one) == Character.isSurrogate(other)
                        ? Character.compare(one, other)
                        : Character.isSurrogate(one) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
