package dev.vitrine.store;

import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a table should hold, said as plainly as possible: a commit is looked at as a whole, key by key.
final class Model {

    final Map<EntityKey, Upserted> live = new HashMap<>();
    final Set<EntityKey> withheld = new HashSet<>();

    void rebuild(List<EntityChange> rows) {
        live.clear();
        withheld.clear();
        apply(rows);
    }

    void apply(List<EntityChange> commit) {
        commit.stream().collect(Collectors.groupingBy(Model::key)).forEach(this::apply);
    }

    private void apply(EntityKey key, List<EntityChange> changes) {
        boolean deleted = changes.stream().anyMatch(EntityChange.Deleted.class::isInstance);
        List<EntityChange> copies = changes.stream()
                .filter(change -> !(change instanceof EntityChange.Deleted))
                .toList();
        boolean wasLive = live.remove(key) != null;
        withheld.remove(key);
        if (copies.size() == 1 && copies.getFirst() instanceof Upserted only) {
            if (only.insert() && wasLive && !deleted) {
                withheld.add(key);
            } else {
                live.put(key, only);
            }
        } else if (!copies.isEmpty()) {
            withheld.add(key);
        }
    }

    private static EntityKey key(EntityChange change) {
        return switch (change) {
            case Upserted upserted -> upserted.key();
            case EntityChange.Deleted deleted -> Objects.requireNonNull(deleted.key());
            case EntityChange.Unservable unservable -> Objects.requireNonNull(unservable.key());
        };
    }

    List<Upserted> select(Filter filter, Order order) {
        return live.values().stream()
                .filter(row -> Boolean.TRUE.equals(holds(filter, row)))
                .sorted(comparator(order))
                .toList();
    }

    /// Null: unknown.
    private static @Nullable Boolean holds(Filter filter, Upserted row) {
        return switch (filter) {
            case Filter.And and -> all(and.parts(), row);
            case Filter.Or or ->
                not(all(or.parts().stream().map(Filter.Not::new).collect(Collectors.toList()), row));
            case Filter.Not negated -> not(holds(negated.part(), row));
            case Filter.IsNull isNull -> value(row, isNull.column()) == null;
            case Filter.Comparison comparison -> {
                Object value = value(row, comparison.column());
                if (value == null) {
                    yield null;
                }
                int compared = compare(value, comparison.value());
                yield switch (comparison.operator()) {
                    case EQ -> compared == 0;
                    case NE -> compared != 0;
                    case LT -> compared < 0;
                    case LE -> compared <= 0;
                    case GT -> compared > 0;
                    case GE -> compared >= 0;
                };
            }
            case Filter.In in -> {
                Object value = value(row, in.column());
                yield value == null ? null : in.values().stream().anyMatch(other -> compare(value, other) == 0);
            }
            case Filter.StartsWith startsWith -> {
                Object value = value(row, startsWith.column());
                yield value == null ? null : ((String) value).startsWith(startsWith.prefix());
            }
        };
    }

    private static @Nullable Boolean all(List<? extends Filter> parts, Upserted row) {
        boolean unknown = false;
        for (Filter part : parts) {
            Boolean holds = holds(part, row);
            if (holds == null) {
                unknown = true;
            } else if (!holds) {
                return false;
            }
        }
        return unknown ? null : true;
    }

    private static @Nullable Boolean not(@Nullable Boolean value) {
        return value == null ? null : !value;
    }

    private static Comparator<Upserted> comparator(Order order) {
        List<Comparator<Upserted>> comparators = new ArrayList<>();
        boolean descending = false;
        for (Order.Term term : order.terms()) {
            descending = term.descending();
            comparators.add(by(term.column(), descending));
        }
        for (IndexedColumn column : Things.TABLE.key()) {
            comparators.add(by(column, descending));
        }
        return comparators.stream().reduce(Comparator::thenComparing).orElseThrow();
    }

    private static Comparator<Upserted> by(IndexedColumn column, boolean descending) {
        Comparator<Upserted> ascending = (left, right) -> {
            Object one = value(left, column);
            Object other = value(right, column);
            return one == null || other == null ? Boolean.compare(one != null, other != null) : compare(one, other);
        };
        return descending ? ascending.reversed() : ascending;
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        if (left instanceof String one && right instanceof String other) {
            return java.util.Arrays.compare(
                    one.codePoints().toArray(), other.codePoints().toArray());
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    static boolean same(@Nullable Object left, @Nullable Object right) {
        return left instanceof BigDecimal one && right instanceof BigDecimal other
                ? one.compareTo(other) == 0
                : Objects.equals(left, right);
    }

    private static @Nullable Object value(Upserted row, IndexedColumn column) {
        return row.indexed().get(Things.COLUMNS.indexOf(column));
    }
}
