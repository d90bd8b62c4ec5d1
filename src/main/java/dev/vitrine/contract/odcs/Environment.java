package dev.vitrine.contract.odcs;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What contracts are read with.
///
/// @param server name of the server to read the tables from (`vitrine.server`); null: the first of each contract
/// @param drafts whether contracts that are not active yet are served
/// @param values what `${…}` in servers stands for; null for what is unknown
public record Environment(@Nullable String server, boolean drafts, Function<String, @Nullable String> values) {

    @Nullable
    String lookup(String name) {
        return values.apply(name);
    }
}
