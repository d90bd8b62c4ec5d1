package dev.vitrine.store;

import java.time.Instant;

/// The right to write under a name, until it runs out.
///
/// @param holder who has it
/// @param token grows with every change of holder: the fencing token
/// @param until when it runs out, unless it is renewed
public record Lease(String name, String holder, long token, Instant until) {}
