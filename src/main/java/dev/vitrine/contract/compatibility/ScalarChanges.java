package dev.vitrine.contract.compatibility;

import dev.vitrine.contract.FieldType.DecimalType;
import dev.vitrine.contract.FieldType.IntegerType;
import dev.vitrine.contract.FieldType.NumberType;
import dev.vitrine.contract.FieldType.Scalar;
import dev.vitrine.contract.FieldType.StringType;
import dev.vitrine.contract.compatibility.ContractChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Compares two scalar types of a field.
///
/// @param found takes what differs
record ScalarChanges(Consumer<ContractChange> found) {

    void between(String path, Scalar before, Scalar after) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof StringType old && after instanceof StringType now) {
            strings(path, old, now);
        } else if (before instanceof DecimalType old && after instanceof DecimalType now) {
            decimals(path, old, now);
        } else if (asText(before) != null && asText(after) != null) {
            numbers(path, before, after);
        } else {
            breaking(path, "is %s, no longer %s".formatted(TypeWords.of(after), TypeWords.of(before)));
        }
    }

    private void strings(String path, StringType before, StringType after) {
        if (!Objects.equals(before.format(), after.format())) {
            breaking(
                    path,
                    "is %s, no longer %s: generated clients read it as another type"
                            .formatted(form(after.format()), form(before.format())));
        }
        enumeration(path, before.enumeration(), after.enumeration());
        if (!Objects.equals(before.pattern(), after.pattern())
                || !Objects.equals(before.minLength(), after.minLength())
                || !Objects.equals(before.maxLength(), after.maxLength())) {
            additive(path, "its pattern or lengths are described in another way; they reject no row");
        }
    }

    private void enumeration(String path, List<String> before, List<String> after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isEmpty()) {
            breaking(path, "is one of a few values, no longer any text: generated clients read it as another type");
        } else if (after.isEmpty()) {
            breaking(path, "can be any text, no longer one of a few values");
        } else {
            List<String> more = new ArrayList<>(after);
            more.removeAll(before);
            List<String> fewer = new ArrayList<>(before);
            fewer.removeAll(after);
            if (!more.isEmpty()) {
                breaking(path, "has new values that programs do not know: " + String.join(", ", more));
            }
            if (!fewer.isEmpty()) {
                breaking(path, "is narrowed, these values are gone from its type: " + String.join(", ", fewer));
            }
            if (more.isEmpty() && fewer.isEmpty()) {
                additive(path, "lists its values in another order");
            }
        }
    }

    private void decimals(String path, DecimalType before, DecimalType after) {
        if (formFlips(path, before, after)) {
            return;
        }
        boolean narrowed = after.precision() - after.scale() < before.precision() - before.scale()
                || after.scale() < before.scale();
        if (narrowed) {
            breaking(path, "is narrowed from %s to %s".formatted(TypeWords.of(before), TypeWords.of(after)));
        } else {
            additive(path, "is widened from %s to %s".formatted(TypeWords.of(before), TypeWords.of(after)));
        }
    }

    /// An integer holds fewer values than a decimal or a number, and a decimal fewer than a number.
    private void numbers(String path, Scalar before, Scalar after) {
        if (formFlips(path, before, after)) {
            return;
        }
        if (before instanceof IntegerType && after instanceof IntegerType) {
            additive(path, "its minimum or maximum is another one; they reject no row");
        } else {
            breaking(path, "is %s, no longer %s".formatted(TypeWords.of(after), TypeWords.of(before)));
        }
    }

    private boolean formFlips(String path, Scalar before, Scalar after) {
        if (Objects.equals(asText(before), asText(after))) {
            return false;
        }
        breaking(
                path,
                Boolean.TRUE.equals(asText(after))
                        ? "is written as a string, no longer as a number"
                        : "is written as a number, no longer as a string");
        return true;
    }

    /// Null if it is no number.
    private static @Nullable Boolean asText(Scalar type) {
        if (type instanceof IntegerType integer) {
            return integer.asText();
        }
        if (type instanceof DecimalType decimal) {
            return decimal.asText();
        }
        return type instanceof NumberType number ? number.asText() : null;
    }

    private static String form(@Nullable String format) {
        return format == null ? "text of any form" : "text of the format " + format;
    }

    private void breaking(String where, String words) {
        found.accept(new ContractChange(Kind.BREAKING, where, words));
    }

    private void additive(String where, String words) {
        found.accept(new ContractChange(Kind.ADDITIVE, where, words));
    }
}
