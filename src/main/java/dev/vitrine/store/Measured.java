package dev.vitrine.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// What was measured of something in one step of time.
///
/// @param subject of what, in words that only who measures has to understand
/// @param at where the step begins; any instant in it is taken
/// @param counts that add up, as many as the subject has
/// @param worst the largest value seen
public record Measured(String subject, Step step, Instant at, List<Long> counts, double worst) {
    public Measured {
        at = step.of(at);
        counts = List.copyOf(counts);
    }

    /// How long a step is, and how many of them are kept.
    public enum Step {
        /// kept for a day and an hour
        MINUTE(ChronoUnit.MINUTES, Duration.ofHours(25)),
        /// kept for 31 days
        HOUR(ChronoUnit.HOURS, Duration.ofDays(31));

        private final ChronoUnit unit;
        private final Duration kept;

        Step(ChronoUnit unit, Duration kept) {
            this.unit = unit;
            this.kept = kept;
        }

        /// Where the step begins that an instant is in.
        public Instant of(Instant instant) {
            return instant.truncatedTo(unit);
        }

        public Duration length() {
            return unit.getDuration();
        }

        public Duration kept() {
            return kept;
        }
    }

    /// Both of the same subject and step together.
    public Measured and(Measured other) {
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < Math.max(counts.size(), other.counts.size()); i++) {
            sums.add(count(i) + other.count(i));
        }
        return new Measured(subject, step, at, sums, Math.max(worst, other.worst));
    }

    /// One of the counts; 0 where there are fewer.
    public long count(int index) {
        return index < counts.size() ? counts.get(index) : 0;
    }
}
