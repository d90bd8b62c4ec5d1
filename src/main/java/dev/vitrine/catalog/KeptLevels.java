package dev.vitrine.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.sla.LevelReport;
import dev.vitrine.sla.LevelReport.EntityLevels;
import dev.vitrine.sla.LevelReport.Incident;
import dev.vitrine.sla.LevelReport.Kind;
import dev.vitrine.sla.LevelReport.ObjectiveLevel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a product version keeps its promises.
///
/// @param at when this was told
/// @param period that objectives are about (ISO 8601)
record KeptLevels(String product, String version, Instant at, String period, List<Entity> entities) {

    /// More than anything is measured with.
    private static final MathContext DIGITS = new MathContext(10);

    /// @param table `sales/dim_customer`
    record Entity(String name, String table, List<Objective> objectives, List<Missed> incidents) {}

    /// @param objective `availability`, `responseTime` or `freshness`
    /// @param limit of a response time or an age (ISO 8601)
    /// @param unit what `all` and `bad` count: `requests`, `reads` or `seconds`
    /// @param allowed share of all that may be bad
    /// @param enoughData false: fewer than a hundred requests or reads were counted, which breaks no promise
    /// @param budgetLeft share of what may be bad that is left; below 0 the promise is broken, given enough data
    /// @param now see [ObjectiveLevel#now()]
    /// @param burnRates see [ObjectiveLevel#burnRates()]
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Objective(
            String objective,
            @Nullable String limit,
            String unit,
            double allowed,
            double all,
            double bad,
            double budgetLeft,
            boolean met,
            boolean enoughData,
            @Nullable Double now,
            Map<String, Double> burnRates) {}

    /// @param until absent: it goes on
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Missed(String objective, Instant from, @Nullable Instant until) {}

    static KeptLevels of(LevelReport report) {
        return new KeptLevels(
                report.product().name(),
                "v" + report.product().major(),
                report.at(),
                "P30D",
                report.entities().stream().map(KeptLevels::entity).toList());
    }

    private static Entity entity(EntityLevels levels) {
        return new Entity(
                levels.entity(),
                levels.table(),
                levels.objectives().stream().map(KeptLevels::objective).toList(),
                levels.incidents().stream().map(KeptLevels::missed).toList());
    }

    private static Objective objective(ObjectiveLevel level) {
        return new Objective(
                name(level.kind()),
                level.limit() == null ? null : level.limit().toString(),
                unit(level.kind()),
                level.allowed(),
                plain(level.all()),
                plain(level.bad()),
                plain(level.budgetLeft()),
                level.met(),
                level.enough(),
                level.now() == null ? null : plain(level.now()),
                rates(level.burnRates()));
    }

    private static Map<String, Double> rates(Map<String, Double> exact) {
        Map<String, Double> plain = new LinkedHashMap<>();
        exact.forEach((window, rate) -> plain.put(window, plain(rate)));
        return plain;
    }

    /// Without the noise of binary fractions: 0.3, not 0.30000000000000004.
    private static double plain(double number) {
        return new BigDecimal(number, DIGITS).doubleValue();
    }

    private static Missed missed(Incident incident) {
        return new Missed(name(incident.kind()), incident.from(), incident.until());
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case AVAILABILITY -> "availability";
            case RESPONSE_TIME -> "responseTime";
            case FRESHNESS -> "freshness";
        };
    }

    private static String unit(Kind kind) {
        return switch (kind) {
            case AVAILABILITY -> "requests";
            case RESPONSE_TIME -> "reads";
            case FRESHNESS -> "seconds";
        };
    }
}
