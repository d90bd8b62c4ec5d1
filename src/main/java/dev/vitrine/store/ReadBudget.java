package dev.vitrine.store;

import java.time.Duration;

/// What one query may cost.
///
/// @param maxRows rows it may look at (a store may count by a close estimate)
/// @param maxTime how long it may take
public record ReadBudget(long maxRows, Duration maxTime) {}
