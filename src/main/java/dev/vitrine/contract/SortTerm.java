package dev.vitrine.contract;

/// One term of a sort that the contract lists as `sortable`, written `name` or `-name`.
public record SortTerm(String field, boolean descending) {}
