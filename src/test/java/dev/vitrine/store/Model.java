package dev.vitrine.store;

import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a table should hold, said as plainly as possible: a commit is looked at as a whole, key by key.
final class Model {

    /// Every row of a key, oldest first.
    private final Map<EntityKey, List<EntityChange>> copies = new HashMap<>();

    void load(List<EntityChange> rows) {
        copies.clear();
        apply(rows, false);
    }

    /// @param diverged whether an insert over a live key replaces it
    void apply(List<EntityChange> commit, boolean diverged) {
        commit.stream()
                .collect(Collectors.groupingBy(Model::key))
                .forEach((key, changes) -> apply(key, changes, diverged));
    }

    private void apply(EntityKey key, List<EntityChange> changes, boolean diverged) {
        List<EntityChange> rows = new ArrayList<>(copies(key));
        boolean replaced = diverged && servable(rows) != null;
        for (EntityChange change : changes) {
            switch (change) {
                case EntityChange.Deleted deleted -> remove(rows, deleted.row());
                case Upserted upserted -> {
                    if (!upserted.insert() || replaced) {
                        remove(rows, null);
                    }
                }
                case EntityChange.Unservable unservable -> {
                    if (replaced) {
                        remove(rows, null);
                    }
                }
            }
        }
        changes.stream()
                .filter(change -> !(change instanceof EntityChange.Deleted))
                .forEach(rows::add);
        copies.put(key, rows);
        copies.values().removeIf(List::isEmpty);
    }

    private static void remove(List<EntityChange> rows, byte @Nullable [] row) {
        rows.stream()
                .filter(copy -> row != null && Arrays.equals(row, bytes(copy)))
                .findFirst()
                .or(() -> rows.stream().findFirst())
                .ifPresent(rows::remove);
    }

    static byte[] bytes(EntityChange row) {
        return switch (row) {
            case Upserted upserted -> upserted.document();
            case EntityChange.Unservable unservable -> unservable.row();
            case EntityChange.Deleted deleted -> throw new IllegalArgumentException("no row");
        };
    }

    /// The rows of a key, oldest first.
    List<EntityChange> copies(EntityKey key) {
        return copies.getOrDefault(key, List.of());
    }

    /// Every row.
    List<EntityChange> all() {
        return copies.values().stream().flatMap(List::stream).toList();
    }

    private static @Nullable Upserted servable(List<EntityChange> rows) {
        return rows.size() == 1 && rows.getFirst() instanceof Upserted row ? row : null;
    }

    /// The rows that are served.
    Map<EntityKey, Upserted> live() {
        return copies.values().stream()
                .map(Model::servable)
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(Upserted::key, row -> row));
    }

    /// The rows that are letters.
    List<EntityChange> letters() {
        return copies.values().stream()
                .filter(rows -> servable(rows) == null)
                .flatMap(List::stream)
                .toList();
    }

    static EntityKey key(EntityChange change) {
        return switch (change) {
            case Upserted upserted -> upserted.key();
            case EntityChange.Deleted deleted -> Objects.requireNonNull(deleted.key());
            case EntityChange.Unservable unservable -> Objects.requireNonNull(unservable.key());
        };
    }

    List<Upserted> select(Filter filter, Order order) {
        return live().values().stream()
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
