package dev.vitrine.delta.write;

import dev.vitrine.entity.EntityKey;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a [RandomTable] holds at one version, and what has to become of it.
///
/// @param rows all rows of each key that is there, in no order
/// @param keyless rows whose key is null
public record TableModel(long version, Map<EntityKey, List<Row>> rows, List<Row> keyless) {

    static TableModel of(long version, List<Row> all) {
        Map<EntityKey, List<Row>> rows = new LinkedHashMap<>();
        List<Row> keyless = new ArrayList<>();
        for (Row row : all) {
            Object id = row.get("id");
            (id == null ? keyless : rows.computeIfAbsent(EntityKey.of(id), key -> new ArrayList<>())).add(row);
        }
        rows.replaceAll((key, copies) -> List.copyOf(copies));
        return new TableModel(version, Map.copyOf(rows), List.copyOf(keyless));
    }

    /// The documents of the keys that are to be served: those with one row, which the contract can hold.
    public Map<EntityKey, String> served() {
        return rows.entrySet().stream()
                .filter(entry -> isServed(entry.getValue()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> document(entry.getValue().getFirst())));
    }

    /// The letters of the keys that are to be withheld, one a row, sorted: a row that could be served as its document,
    /// any other as the reader writes it.
    public Map<EntityKey, List<String>> withheld() {
        return rows.entrySet().stream()
                .filter(entry -> !isServed(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> letters(entry.getValue())));
    }

    /// The letters of the rows without a key, sorted.
    public List<String> keylessLetters() {
        return letters(keyless);
    }

    /// How many rows there are, servable or not.
    public int size() {
        return keyless.size() + rows.values().stream().mapToInt(List::size).sum();
    }

    private static boolean isServed(List<Row> copies) {
        return copies.size() == 1 && isServable(copies.getFirst());
    }

    /// Whether the contract can hold all values of a row.
    static boolean isServable(Row row) {
        return row.get("id") != null && row.get("name") != null && amount(row) != null;
    }

    private static List<String> letters(List<Row> rows) {
        return rows.stream()
                .map(row -> isServable(row) ? document(row) : letter(row))
                .sorted()
                .toList();
    }

    private static String document(Row row) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        RandomTable.SERVED.forEach(column -> members.put(column, row.get(column)));
        members.put("amount", amount(row));
        return json(members);
    }

    private static String letter(Row row) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        RandomTable.SERVED.stream()
                .filter(column -> row.get(column) != null)
                .forEach(column -> members.put(column, row.get(column)));
        return json(members);
    }

    /// As `decimal(6,2)`; null if it does not fit.
    private static @Nullable BigDecimal amount(Row row) {
        BigDecimal amount = (BigDecimal) Objects.requireNonNull(row.get("amount"));
        BigDecimal rounded = amount.setScale(2, RoundingMode.DOWN);
        return rounded.compareTo(amount) == 0 && rounded.precision() <= 6 ? rounded : null;
    }

    private static String json(Map<String, @Nullable Object> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + json(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "\"" + text + "\"";
            case BigDecimal number -> number.toPlainString();
            case Object plain -> plain.toString();
        };
    }

    @Override
    public String toString() {
        return "version %d: %s keyless: %s".formatted(version, new TreeMap<>(byText()), letters(keyless));
    }

    private Map<String, List<String>> byText() {
        return rows.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), entry -> letters(entry.getValue())));
    }
}
