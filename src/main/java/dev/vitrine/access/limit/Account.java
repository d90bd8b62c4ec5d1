package dev.vitrine.access.limit;

import java.util.concurrent.atomic.AtomicInteger;

/// What one caller has of its plan.
///
/// @param owner whose windows they are
/// @param running requests that are being answered
record Account(String owner, Plan plan, AtomicInteger running) {}
