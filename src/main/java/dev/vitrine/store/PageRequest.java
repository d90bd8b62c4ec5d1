package dev.vitrine.store;

import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import org.jspecify.annotations.Nullable;

/// Which entities to read.
///
/// @param after the last entity of the page before; null: from the start
/// @param limit how many at most, from 1
public record PageRequest(Filter filter, Order order, Page.@Nullable Position after, int limit) {}
