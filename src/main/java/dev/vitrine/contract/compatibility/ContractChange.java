package dev.vitrine.contract.compatibility;

import java.util.Locale;

/// One thing that differs between two states of a contract.
///
/// @param where `customers`, `customers.address.nation`, `roles.sales:read`
/// @param words what happened and what it means for callers
public record ContractChange(Kind kind, String where, String words) {

    /// What a change means for programs that were written against the state before.
    public enum Kind {
        /// some of them stop working, or read values as something else: it needs a new major version
        BREAKING,
        /// all of them go on as they were
        ADDITIVE,
        /// another set of callers, or of rows, is let in: nothing about the form of the answers, so it needs no new
        /// version
        ACCESS
    }

    /// `breaking  customers.name: removed`.
    @Override
    public String toString() {
        return "%-8s  %s: %s".formatted(kind.name().toLowerCase(Locale.ROOT), where, words);
    }
}
