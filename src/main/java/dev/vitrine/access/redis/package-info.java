/// Counts what all processes take of windows, in Redis.
@NullMarked
package dev.vitrine.access.redis;

import org.jspecify.annotations.NullMarked;
