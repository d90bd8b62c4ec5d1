package dev.vitrine.contract;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One promise of `slaProperties`. `element` names the entity it is about; null: all of them.
public sealed interface ServiceLevel {

    /// The entity (`object` of the contract's `element`) it is about; null: all.
    @Nullable
    String element();

    /// How old served data may be.
    record Latency(Duration limit, @Nullable String element) implements ServiceLevel {}

    /// Share of requests that succeed, in percent.
    record Availability(double percent, @Nullable String element) implements ServiceLevel {}

    /// Share of requests that may fail, in percent.
    record ErrorRate(double percent, @Nullable String element) implements ServiceLevel {}

    /// How long an answer may take, at a percentile (99 unless said).
    record ResponseTime(
            Duration limit, double percentile, @Nullable String element) implements ServiceLevel {}

    /// How often the gold table changes.
    ///
    /// @param schedule cron expression of the batch, or null
    record Frequency(
            @Nullable Duration every,
            @Nullable String schedule,
            @Nullable String element) implements ServiceLevel {}

    /// From when on the version is deprecated.
    record EndOfSupport(Instant at, @Nullable String element) implements ServiceLevel {}

    /// From when on the version is gone.
    record EndOfLife(Instant at, @Nullable String element) implements ServiceLevel {}

    /// A property of the standard that nothing here measures.
    record Stated(
            String property,
            String value,
            @Nullable String unit,
            @Nullable String element) implements ServiceLevel {}
}
