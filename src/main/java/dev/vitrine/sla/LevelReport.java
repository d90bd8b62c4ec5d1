package dev.vitrine.sla;

import dev.vitrine.contract.DataProduct;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a product version keeps what its contract promises, as all processes measured it together.
///
/// @param at when it was made
/// @param entities in the contract's order
public record LevelReport(DataProduct product, Instant at, List<EntityLevels> entities) {

    /// Of one entity.
    ///
    /// @param table address of the gold table
    /// @param objectives only what is promised
    /// @param incidents the latest of the last 30 days, newest first
    public record EntityLevels(
            String entity, String table, List<ObjectiveLevel> objectives, List<Incident> incidents) {}

    /// What can be promised.
    public enum Kind {
        /// requests that do not fail; what a caller did wrong (4xx) does not count
        AVAILABILITY,
        /// single reads within the limit
        RESPONSE_TIME,
        /// time in which what is served is no older than the limit
        FRESHNESS
    }

    /// An objective over 30 days.
    ///
    /// @param limit of a response time or an age; null for availability
    /// @param enough whether so much was measured that it says something: one slow read of the first ten breaks no
    /// promise
    /// @param allowed share that may be bad
    /// @param all requests, single reads, or seconds of the 30 days
    /// @param bad of them
    /// @param budgetLeft share of what may be bad that is left; below 0 the promise is broken
    /// @param now share of requests that succeeded in the last five minutes, a response time at the promised percentile
    /// in seconds in the same, or the age of what is served, in seconds; null: nobody asked, or nothing is served
    /// @param burnRates how fast the budget is spent, by window (`5m` to `3d`): 1 would spend it in 30 days
    public record ObjectiveLevel(
            Kind kind,
            @Nullable Duration limit,
            boolean enough,
            double allowed,
            double all,
            double bad,
            double budgetLeft,
            @Nullable Double now,
            Map<String, Double> burnRates) {

        /// Whether the promise is kept as far as is known.
        public boolean met() {
            return budgetLeft >= 0 || !enough;
        }
    }

    /// A time in which an objective was missed, to the minute on the last day, else to the hour.
    ///
    /// @param until null: it goes on
    public record Incident(
            Kind kind, Instant from, @Nullable Instant until) {}
}
