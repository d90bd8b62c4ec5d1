package dev.vitrine.store.redis;

/// Redis did not answer in time, or not as it should.
final class RedisGone extends Exception {

    RedisGone(Throwable cause) {
        super(cause.toString(), cause, false, false);
    }
}
