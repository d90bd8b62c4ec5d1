package dev.vitrine.rest.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names of constants that generated clients have for the values of an enumeration, told by `x-enum-varnames`: left to
/// themselves, generators make names that some languages do not allow (`name` in Kotlin) or that nobody would write
/// (`MinusName`).
final class EnumNames {

    private static final String EXTENSION = "x-enum-varnames";
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]*");

    private EnumNames() {}

    /// Adds them, where each value has one of its own.
    static void add(Schema<?> schema, List<String> values) {
        List<String> names = values.stream().map(EnumNames::name).toList();
        if (names.stream().distinct().count() == names.size()
                && names.stream().allMatch(name -> CONSTANT.matcher(name).matches())) {
            schema.addExtension(EXTENSION, names);
        }
    }

    /// `nation,-accountBalance` is `NATION_ACCOUNT_BALANCE_DESC`.
    private static String name(String value) {
        return Stream.of(value.split(",", -1))
                .map(term -> term.startsWith("-") ? constant(term.substring(1)) + "_DESC" : constant(term))
                .collect(Collectors.joining("_"));
    }

    private static String constant(String value) {
        return value.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .replaceAll("[^A-Za-z0-9]", "_")
                .toUpperCase(Locale.ROOT);
    }
}
