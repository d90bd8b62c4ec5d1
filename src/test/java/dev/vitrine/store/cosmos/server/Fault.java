package dev.vitrine.store.cosmos.server;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Something that goes wrong with some requests. Each `on`, `times` and `chance` gives a new one.
public final class Fault {

    /// What happens.
    sealed interface Effect {

        /// @param retryAfter told with a 429
        record Status(int code, int substatus, Duration retryAfter) implements Effect {}

        /// The answer comes late.
        record Delay(Duration time) implements Effect {}

        /// The connection ends without an answer.
        ///
        /// @param after whether the request has had its effect: the answer alone is lost
        record Cut(boolean after) implements Effect {}
    }

    private final Effect effect;
    private final Set<Operation> operations;
    private final long times;
    private final double chance;
    private final AtomicLong hits = new AtomicLong();

    private Fault(Effect effect, Set<Operation> operations, long times, double chance) {
        this.effect = effect;
        this.operations = operations;
        this.times = times;
        this.chance = chance;
    }

    private static Fault of(Effect effect) {
        return new Fault(effect, EnumSet.allOf(Operation.class), Long.MAX_VALUE, 1);
    }

    /// Answers with a status: 449, 503, 410 (substatus 1002: the partition key range is gone), 401, 403.
    public static Fault status(int code, int substatus) {
        return of(new Effect.Status(code, substatus, Duration.ZERO));
    }

    /// Answers 429.
    public static Fault throttled(Duration retryAfter) {
        return of(new Effect.Status(429, 3200, retryAfter));
    }

    /// Answers late.
    public static Fault slow(Duration delay) {
        return of(new Effect.Delay(delay));
    }

    /// Ends the connection before anything is done.
    public static Fault cut() {
        return of(new Effect.Cut(false));
    }

    /// Does what is asked and ends the connection without saying so.
    public static Fault answerLost() {
        return of(new Effect.Cut(true));
    }

    /// Only for these.
    public Fault on(Operation first, Operation... more) {
        return new Fault(effect, EnumSet.of(first, more), times, chance);
    }

    /// Only the first so many of them.
    public Fault times(long count) {
        return new Fault(effect, operations, count, chance);
    }

    /// Only this share of them.
    public Fault chance(double share) {
        return new Fault(effect, operations, times, share);
    }

    /// How often it happened.
    public long hits() {
        return Math.min(hits.get(), times);
    }

    Effect effect() {
        return effect;
    }

    /// @param dice from 0 to 1
    boolean strikes(Operation operation, double dice) {
        return operations.contains(operation) && dice < chance && hits.incrementAndGet() <= times;
    }
}
