package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.PartitionKey;
import com.azure.cosmos.models.PartitionKeyBuilder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.GoldTable.Partitioned;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the items of a generation's container lie: by the whole key, `/p`, below up to two parts of it, by which the
/// table is partitioned. So a filter by equality on the first of them has to be asked of few physical partitions, and a
/// logical partition is never more than what is known of one key.
///
/// The paths tell which parts: `/p1`, `/p` is by the second part of the key, then by the key.
///
/// @param parts how many the key has
/// @param leading positions in the key of the parts that come before it
record Placement(int parts, List<Integer> leading) {

    /// The service knows three levels, the last of which is the key.
    private static final int MAX_LEADING = 2;

    private static final String WHOLE = "p";
    private static final String WITHOUT_KEY = "~";

    Placement {
        leading = List.copyOf(leading);
    }

    /// As the contracts say it.
    static Placement of(GoldTable table) {
        List<Integer> leading = new ArrayList<>();
        if (passedOver(table).isEmpty()) {
            table.storing().partitioned().stream()
                    .map(column -> table.key().indexOf(column.part()))
                    .limit(MAX_LEADING)
                    .forEach(leading::add);
        }
        if (leading.size() == table.key().size()) {
            // the whole key stands for the last one as well
            leading.removeLast();
        }
        return new Placement(table.key().size(), leading);
    }

    private static List<Partitioned> passedOver(GoldTable table) {
        return table.storing().partitioned().stream()
                .filter(column -> column.part() == null)
                .toList();
    }

    /// What a contract says about partitions and a container does not follow, and why.
    static List<String> notes(GoldTable table) {
        List<String> notes = new ArrayList<>();
        for (Partitioned column : passedOver(table)) {
            notes.add(
                    "%s: the table is partitioned by it, but it is no part of the key; so %s is partitioned by its key"
                            .formatted(column.where(), table.address()));
        }
        // of a key of three columns the last is what the whole key adds
        if (notes.isEmpty() && table.key().size() > MAX_LEADING + 1) {
            table.storing().partitioned().stream()
                    .skip(MAX_LEADING)
                    .forEach(column -> notes.add(
                            "%s: %s is partitioned by %d columns before this one, and then by its key: there cannot be more"
                                    .formatted(column.where(), table.address(), MAX_LEADING)));
        }
        return notes;
    }

    /// The line of a layout about it; none where the key is all.
    Stream<String> line() {
        return leading.isEmpty() ? Stream.of() : Stream.of("partition " + String.join(",", paths()));
    }

    static boolean isLine(String line) {
        return line.startsWith("partition ");
    }

    List<String> paths() {
        return Stream.concat(leading.stream().map(part -> "/" + WHOLE + part), Stream.of("/" + WHOLE))
                .toList();
    }

    /// Of a container that is there; empty if it is none of ours.
    ///
    /// @param parts how many the key has
    static Optional<Placement> ofPaths(List<String> paths, int parts) {
        List<Integer> found = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            if (paths.contains("/" + WHOLE + part)) {
                found.add(part);
            }
        }
        found.sort((left, right) -> paths.indexOf("/" + WHOLE + left) - paths.indexOf("/" + WHOLE + right));
        Placement placement = new Placement(parts, found);
        return placement.paths().equals(paths) ? Optional.of(placement) : Optional.empty();
    }

    /// See [Ids#of]. Where an id has only a hash of the key, what the item is placed by follows.
    String id(EntityKey key) {
        String id = Ids.of(key);
        return leading.isEmpty() || !Ids.isHashed(id)
                ? id
                : Ids.withLevels(
                        id,
                        leading.stream()
                                .map(part -> Ids.level(key.values().get(part)))
                                .toList());
    }

    /// Which logical partition everything about a key is in.
    ///
    /// @param id of the item that says what is under it
    PartitionKey place(String id) {
        if (leading.isEmpty()) {
            return new PartitionKey(id);
        }
        PartitionKeyBuilder place = new PartitionKeyBuilder();
        levels(id).forEach(place::add);
        return place.add(id).build();
    }

    /// The same, as it stands in an item.
    void put(ObjectNode item, String id) {
        item.put(WHOLE, id);
        List<String> levels = levels(id);
        for (int i = 0; i < levels.size(); i++) {
            item.put(WHOLE + leading.get(i), levels.get(i));
        }
    }

    private List<String> levels(String id) {
        if (leading.isEmpty()) {
            return List.of();
        }
        if (Ids.isKeyless(id)) {
            return Collections.nCopies(leading.size(), WITHOUT_KEY);
        }
        if (Ids.isHashed(id)) {
            return Ids.levels(id);
        }
        List<String> values = Ids.parts(id, parts);
        return leading.stream().map(part -> Ids.levelOf(values.get(part))).toList();
    }

    /// Where everything is that a filter can select, if that is not everywhere; null: everywhere.
    @Nullable
    PartitionKey prefix(Filter filter, Columns columns) {
        PartitionKeyBuilder prefix = new PartitionKeyBuilder();
        int known = 0;
        for (int part : leading) {
            Object value = onlyValue(filter, columns, columns.key().get(part));
            if (value == null) {
                break;
            }
            prefix.add(Ids.level(value));
            known++;
        }
        return known == 0 ? null : prefix.build();
    }

    private static @Nullable Object onlyValue(Filter filter, Columns columns, Column column) {
        return switch (filter) {
            case Filter.And and ->
                and.parts().stream()
                        .map(part -> onlyValue(part, columns, column))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
            case Filter.Comparison comparison ->
                comparison.operator() == Operator.EQ && columns.column(comparison.column()) == column
                        ? comparison.value()
                        : null;
            case Filter.In in ->
                in.values().size() == 1 && columns.column(in.column()) == column
                        ? in.values().getFirst()
                        : null;
            case Filter.Or or -> null;
            case Filter.Not not -> null;
            case Filter.StartsWith startsWith -> null;
            case Filter.IsNull isNull -> null;
        };
    }
}
