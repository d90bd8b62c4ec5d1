package dev.vitrine.command;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Makes names for an API from names of tables and columns.
final class Naming {

    private static final Pattern LAYER = Pattern.compile("^(?:dim|fact|fct|gold|agg|mart)_(?=\\p{L})");
    private static final Pattern PREFIX = Pattern.compile("^\\p{L}{1,3}_(?=\\p{L})");

    private final Set<String> taken = new HashSet<>();
    private final String prefix;

    private Naming(String prefix) {
        this.prefix = prefix;
    }

    /// Names for columns that stand side by side. A short prefix that all of them have says nothing and is dropped.
    ///
    /// Example: `c_custkey`, `c_name` → `custkey`, `name`
    static Naming of(List<String> columns) {
        List<String> prefixes = columns.stream()
                .map(PREFIX::matcher)
                .map(matcher -> matcher.find() ? matcher.group() : "")
                .distinct()
                .toList();
        return new Naming(columns.size() > 1 && prefixes.size() == 1 ? prefixes.getFirst() : "");
    }

    /// A name that none before had. Examples: `order_id` → `orderId`, `TOTAL PRICE` → `totalPrice`, `a b;` → `aB`
    String field(String column) {
        String name = camelCase(column.substring(prefix.length()));
        String free = name.isEmpty() ? "column" : name;
        for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
            free = (name.isEmpty() ? "column" : name) + number;
        }
        return free;
    }

    /// Examples: `dim_customer` → `customer`, `monthly_revenue` → `monthlyRevenue`
    static String entity(String table) {
        String name = camelCase(LAYER.matcher(table).replaceFirst("")).replaceAll("[^A-Za-z0-9]", "");
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "table" + name : name;
    }

    /// Example: `monthlyRevenue` → `monthly-revenue`
    static String product(String entity) {
        return entity.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /// Example: `monthlyRevenue` → `MonthlyRevenue`
    static String type(String entity) {
        String name = upper(camelCase(entity));
        return Character.isLetter(name.charAt(0)) ? name : "Entity" + name;
    }

    private static String camelCase(String text) {
        StringBuilder name = new StringBuilder();
        Stream.of(text.split("[^\\p{L}\\p{M}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.equals(word.toUpperCase(Locale.ROOT)) ? word.toLowerCase(Locale.ROOT) : word)
                .forEach(word -> name.append(name.isEmpty() ? lower(word) : upper(word)));
        // A mark needs a letter before it.
        return name.toString().replaceFirst("^\\p{M}+", "");
    }

    private static String upper(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String lower(String word) {
        return word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
    }
}
