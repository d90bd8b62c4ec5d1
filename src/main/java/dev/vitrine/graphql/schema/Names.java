package dev.vitrine.graphql.schema;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Gives out names that GraphQL allows, each once. Contracts may use more characters than `[_0-9A-Za-z]`.
///
/// Examples: `order-date` → `order_date`; `größe` → `gro_e`; `2nd` → `_2nd`; `name` where `name` is taken → `name_`.
final class Names {

    private final Set<String> taken;

    /// @param taken names that are not given out
    Names(Collection<String> taken) {
        this.taken = new HashSet<>(taken);
    }

    Names() {
        this(Set.of());
    }

    /// The name, or the nearest that is allowed and free.
    String take(String wanted) {
        String name = plain(wanted);
        while (!taken.add(name)) {
            name += "_";
        }
        return name;
    }

    static String plain(String wanted) {
        String ascii = Normalizer.normalize(wanted, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^_0-9A-Za-z]", "_");
        if (ascii.isEmpty() || Character.isDigit(ascii.charAt(0))) {
            return "_" + ascii;
        }
        // Two of them in front are reserved for introspection.
        return ascii.replaceFirst("^__+", "_");
    }

    static String capitalised(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    static String uncapitalised(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
