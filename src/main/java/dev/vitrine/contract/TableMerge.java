package dev.vitrine.contract;

import dev.vitrine.contract.GoldTables.TableUse;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Brings together what several entities say about one table; where they disagree there is a problem that names both.
final class TableMerge {

    private final List<TableUse> uses;
    private final TableUse first;
    private final List<Problem> problems;

    TableMerge(List<TableUse> uses, List<Problem> problems) {
        this.uses = uses;
        this.first = uses.getFirst();
        this.problems = problems;
    }

    GoldTable table() {
        List<Field> columns = StoredTypes.stored(first.entity().fields());
        Set<IndexedColumn> indexed = new LinkedHashSet<>();
        Set<List<GoldTable.IndexedTerm>> sorts = new LinkedHashSet<>();
        double share = 1;
        for (TableUse use : uses) {
            if (use != first) {
                checkSame(use, "location", first.location(), use.location());
                checkSame(use, "key", names(first), names(use));
                columns = merge(columns, StoredTypes.stored(use.entity().fields()), use, "");
            }
            indexed.addAll(use.indexed());
            sorts.addAll(use.sorts());
            share = Math.min(share, use.entity().maxDeleteShare());
        }
        return new GoldTable(
                first.product().name(),
                first.entity().table(),
                first.location(),
                columns,
                first.key(),
                List.copyOf(indexed),
                List.copyOf(sorts),
                share,
                pace(),
                schedule().orElse(null),
                new GoldTable.Storing(partitioned(), maxRequestUnits().orElse(null)));
    }

    /// As the first says that says anything.
    private List<GoldTable.Partitioned> partitioned() {
        return uses.stream()
                .map(TableUse::partitioned)
                .filter(columns -> !columns.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private Optional<Integer> maxRequestUnits() {
        return uses.stream()
                .flatMap(use -> Stream.ofNullable(use.entity().maxRequestUnits()))
                .max(Comparator.naturalOrder());
    }

    private static List<List<String>> names(TableUse use) {
        return use.key().stream().map(IndexedColumn::path).toList();
    }

    private List<Field> merge(List<Field> left, List<Field> right, TableUse use, String prefix) {
        Map<String, Field> merged = new LinkedHashMap<>();
        left.forEach(field -> merged.put(field.name().toLowerCase(Locale.ROOT), field));
        for (Field field : right) {
            merged.merge(
                    field.name().toLowerCase(Locale.ROOT),
                    field,
                    (one, other) -> StoredTypes.column(
                            one.name(),
                            merge(one.type(), other.type(), use, prefix + one.name()),
                            one.required() || other.required()));
        }
        return List.copyOf(merged.values());
    }

    private FieldType merge(FieldType left, FieldType right, TableUse use, String column) {
        if (left instanceof FieldType.ObjectType one && right instanceof FieldType.ObjectType other) {
            return new FieldType.ObjectType(merge(one.fields(), other.fields(), use, column + "."), false);
        }
        if (left instanceof FieldType.ArrayType one && right instanceof FieldType.ArrayType other) {
            return new FieldType.ArrayType(merge(one.items(), other.items(), use, column + "[]"));
        }
        if (left instanceof FieldType.MapType one && right instanceof FieldType.MapType other) {
            return new FieldType.MapType(merge(one.values(), other.values(), use, column + "{}"));
        }
        checkSame(use, "type of column '" + column + "'", left, right);
        return left;
    }

    private void checkSame(TableUse use, String what, Object one, Object other) {
        if (!one.equals(other)) {
            problems.add(new Problem(
                    use.product().source().toString(),
                    0,
                    "schema '" + use.entity().name() + "'",
                    "the %s of table %s is %s here, but %s in %s (%s)"
                            .formatted(
                                    what,
                                    use.entity().table(),
                                    words(other),
                                    words(one),
                                    first.product().source(),
                                    first.entity().name()),
                    "Make both the same: the table is read and stored once"));
        }
    }

    private static String words(Object value) {
        return value instanceof FieldType type
                ? type.getClass().getSimpleName().replace("Type", "").toLowerCase(Locale.ROOT)
                        + (type instanceof FieldType.DecimalType decimal
                                ? "(%d,%d)".formatted(decimal.precision(), decimal.scale())
                                : "")
                : value.toString();
    }

    /// The strictest latency; without one the most frequent change; without that the default.
    private Duration pace() {
        return levels().flatMap(level ->
                        level instanceof ServiceLevel.Latency latency ? Stream.of(latency.limit()) : Stream.of())
                .min(Duration::compareTo)
                .or(() -> levels().flatMap(level -> level instanceof ServiceLevel.Frequency frequency
                                ? Stream.ofNullable(frequency.every())
                                : Stream.of())
                        .min(Duration::compareTo))
                .orElse(GoldTables.PACE);
    }

    /// Of the batch, unless a latency is promised: that wins.
    private Optional<String> schedule() {
        if (levels().anyMatch(ServiceLevel.Latency.class::isInstance)) {
            return Optional.empty();
        }
        return levels().flatMap(level -> level instanceof ServiceLevel.Frequency frequency
                        ? Stream.ofNullable(frequency.schedule())
                        : Stream.of())
                .map(Objects::requireNonNull)
                .findFirst();
    }

    private Stream<ServiceLevel> levels() {
        return uses.stream().flatMap(use -> use.levels().stream());
    }
}
