package dev.vitrine.access.redis;

import org.jspecify.annotations.Nullable;

/// Redis did not answer in time, or not as it should.
final class RedisGone extends Exception {

    RedisGone(String what, @Nullable Throwable cause) {
        super(what, cause, false, false);
    }
}
