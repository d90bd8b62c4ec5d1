package dev.vitrine.store;

/// What a complete generation held when it was sealed.
///
/// @param rows servable or not
/// @param letters those of them that became dead letters
public record Sealed(long rows, long letters) {}
