package dev.vitrine.contract.odcs;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes and compares names.
final class Names {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private Names() {}

    /// The default type name of an entity: singular, in PascalCase.
    ///
    /// Examples: `customers` → `Customer`, `order-lines` → `OrderLine`, `companies` → `Company`, `addresses` →
    /// `Address`, `monthlyRevenue` → `MonthlyRevenue`, `status` → `Status` (where that is wrong, the contract says
    /// `typeName`).
    static String typeName(String entityName) {
        Matcher words = WORD.matcher(singular(entityName));
        String name = words.results().map(word -> upper(word.group())).collect(Collectors.joining());
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "Entity" + name : name;
    }

    private static String singular(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("ies") && name.length() > 4) {
            return name.substring(0, name.length() - 3) + "y";
        }
        if (lower.matches(".*(ss|x|ch|sh)es")) {
            return name.substring(0, name.length() - 2);
        }
        boolean plural = lower.endsWith("s") && !lower.matches(".*(ss|us|is)") && name.length() > 1;
        return plural ? name.substring(0, name.length() - 1) : name;
    }

    static String upper(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    static String lower(String word) {
        return word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
    }

    /// The known name that somebody probably meant: at most two letters off.
    static Optional<String> meant(String written, Collection<String> known) {
        if (written.length() > 60) {
            return Optional.empty();
        }
        return known.stream()
                .filter(name -> distance(written, name) <= (name.length() < 4 ? 1 : 2))
                .min(Comparator.comparingInt(name -> distance(written, name)));
    }

    /// How many letters must be put in, left out or exchanged; case does not count.
    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int i = 0; i <= right.length(); i++) {
            row[i] = i;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int exchange = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchange, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
