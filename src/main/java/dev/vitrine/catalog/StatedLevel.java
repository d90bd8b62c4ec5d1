package dev.vitrine.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.contract.ServiceLevel;
import org.jspecify.annotations.Nullable;

/// A promise of the contract.
///
/// @param property as the contract calls it
/// @param value a time (ISO 8601: `PT5S`, or a point in time), a number, or text
/// @param unit of a number; null: none
/// @param percentile of response times
/// @param schedule cron expression of a batch
/// @param element the collection it is about; null: all
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatedLevel(
        String property,
        @Nullable Object value,
        @Nullable String unit,
        @Nullable Double percentile,
        @Nullable String schedule,
        @Nullable String element) {

    static StatedLevel of(ServiceLevel level) {
        return switch (level) {
            case ServiceLevel.Latency latency ->
                stated("latency", latency.limit().toString(), null, level);
            case ServiceLevel.Availability availability ->
                stated("availability", availability.percent(), "percent", level);
            case ServiceLevel.ErrorRate errors -> stated("errorRate", errors.percent(), "percent", level);
            case ServiceLevel.ResponseTime response ->
                new StatedLevel(
                        "responseTime",
                        response.limit().toString(),
                        null,
                        response.percentile(),
                        null,
                        level.element());
            case ServiceLevel.Frequency frequency ->
                new StatedLevel(
                        "frequency",
                        frequency.every() == null ? null : frequency.every().toString(),
                        null,
                        null,
                        frequency.schedule(),
                        level.element());
            case ServiceLevel.EndOfSupport end ->
                stated("endOfSupport", end.at().toString(), null, level);
            case ServiceLevel.EndOfLife end -> stated("endOfLife", end.at().toString(), null, level);
            case ServiceLevel.Stated other -> stated(other.property(), other.value(), other.unit(), level);
        };
    }

    private static StatedLevel stated(String property, Object value, @Nullable String unit, ServiceLevel level) {
        return new StatedLevel(property, value, unit, null, null, level.element());
    }
}
