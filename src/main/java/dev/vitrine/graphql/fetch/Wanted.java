package dev.vitrine.graphql.fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a request selects of a connection, or of an entity.
///
/// @param fields that are needed of each entity, for [dev.vitrine.query.Selection#fields()]; null: all
/// @param total whether the total is selected
record Wanted(@Nullable List<String> fields, boolean total) {}
