package dev.vitrine.sync;

import dev.vitrine.contract.GoldTable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/// How long a worker rests before it looks again: by the contract's schedule where it is a cron expression, else by its
/// pace. A batch that is not there at its time is looked for until it comes, ever more seldom. Not for several threads.
final class Pace {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LATE_AT_MOST = Duration.ofMinutes(15);
    private static final Duration JITTER_AT_MOST = Duration.ofSeconds(10);

    private final Duration between;
    private final @Nullable CronExpression schedule;
    private final Duration retryAfter;
    private final Duration retryAtMost;
    private @Nullable Instant due;
    private int late;
    private int failures;

    Pace(GoldTable table, SyncProperties properties) {
        this.between = table.pace().dividedBy(5).compareTo(SHORTEST) < 0
                ? SHORTEST
                : table.pace().dividedBy(5);
        this.schedule = table.schedule() == null ? null : cron(table.schedule());
        this.retryAfter = properties.retryAfter();
        this.retryAtMost = properties.retryAtMost();
    }

    /// After a look that went well. A fifth of what the contract promises leaves time for reading and writing.
    ///
    /// @param dataAsOf commit time of what is served
    Duration untilNextLook(Instant now, Instant dataAsOf) {
        failures = 0;
        return schedule == null ? jittered(between) : untilBatch(schedule, now, dataAsOf);
    }

    /// While the table is not there: it may appear at any time, whatever its schedule.
    Duration untilItAppears() {
        failures = 0;
        return jittered(shorter(between, retryAtMost));
    }

    /// After a failure.
    Duration untilRetry() {
        Duration rest = retryAfter.multipliedBy(1L << Math.min(failures, 20));
        failures++;
        return jittered(shorter(rest, retryAtMost));
    }

    // Contracts write the five fields of Unix; Spring's form begins with seconds.
    private static @Nullable CronExpression cron(String schedule) {
        String trimmed = schedule.strip();
        String withSeconds = trimmed.split("\\s+").length == 5 ? "0 " + trimmed : trimmed;
        return CronExpression.isValidExpression(withSeconds) ? CronExpression.parse(withSeconds) : null;
    }

    private Duration untilBatch(CronExpression cron, Instant now, Instant dataAsOf) {
        ZonedDateTime at = cron.next(now.atZone(ZoneOffset.UTC));
        if (at == null) {
            return jittered(between);
        }
        Duration next = Duration.between(now, at).plus(jittered(JITTER_AT_MOST.dividedBy(2)));
        Instant awaited = due;
        if (awaited != null && !awaited.isAfter(now) && dataAsOf.isBefore(awaited)) {
            Duration rest = jittered(shorter(between.multipliedBy(1L << Math.min(late, 20)), LATE_AT_MOST));
            late++;
            return shorter(rest, next);
        }
        due = at.toInstant();
        late = 0;
        return next;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    // A tenth more or less, so that many tables do not look at the same moment.
    private static Duration jittered(Duration rest) {
        return Duration.ofNanos(
                (long) (rest.toNanos() * ThreadLocalRandom.current().nextDouble(0.9, 1.1)));
    }
}
