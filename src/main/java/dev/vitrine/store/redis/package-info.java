/// The cache that processes share, in Redis.
@NullMarked
package dev.vitrine.store.redis;

import org.jspecify.annotations.NullMarked;
