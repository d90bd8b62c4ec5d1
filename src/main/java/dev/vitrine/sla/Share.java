package dev.vitrine.sla;

import dev.vitrine.sla.LevelReport.Incident;
import dev.vitrine.sla.LevelReport.Kind;
import dev.vitrine.sla.LevelReport.ObjectiveLevel;
import dev.vitrine.store.Measured;
import dev.vitrine.store.Measured.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The bad share of something.
///
/// @param allowed share
/// @param count how much there was, and how much of it was bad
record Share(BigDecimal allowed, Function<List<Measured>, double[]> count) {

    static final Duration PERIOD = Duration.ofDays(30);

    /// Requests, or single reads, before which a share of them says nothing. Time is measured all the time.
    private static final int ENOUGH = 100;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration JUST_NOW = Duration.ofMinutes(5);

    double[] of(List<Measured> measured) {
        return count.apply(measured);
    }

    ObjectiveLevel level(
            Kind kind, @Nullable Duration limit, Measurement measurement, Instant now, @Nullable Double value) {
        double[] period = of(measurement.since(now, PERIOD));
        Map<String, Double> rates = new LinkedHashMap<>();
        for (String window : BurnRate.windows()) {
            rates.put(window, burn(of(measurement.since(now, BurnRate.length(window)))));
        }
        return new ObjectiveLevel(
                kind,
                limit,
                isEnough(kind, period),
                allowed.doubleValue(),
                period[0],
                period[1],
                1 - burn(period),
                value,
                rates);
    }

    private static boolean isEnough(Kind kind, double[] period) {
        return kind == Kind.FRESHNESS || period[0] >= ENOUGH;
    }

    /// In budgets; where nothing may be bad, every bad one spends all there is.
    private double burn(double[] counted) {
        if (counted[0] == 0 || counted[1] == 0) {
            return 0;
        }
        return allowed.signum() == 0 ? counted[1] : counted[1] / counted[0] / allowed.doubleValue();
    }

    /// None while there is not enough to say that a promise is broken.
    List<Incident> incidents(Kind kind, Measurement measurement, Instant now) {
        if (!isEnough(kind, of(measurement.since(now, PERIOD)))) {
            return List.of();
        }
        Instant recent = Step.HOUR.of(now.minus(DAY)).plus(Step.HOUR.length());
        List<Measured> steps = new ArrayList<>();
        measurement.hours().stream().filter(hour -> hour.at().isBefore(recent)).forEach(steps::add);
        measurement.minutes().stream()
                .filter(minute -> !minute.at().isBefore(recent))
                .forEach(steps::add);
        List<Incident> incidents = new ArrayList<>();
        Instant from = null;
        Instant until = null;
        for (Measured step : steps) {
            if (burn(of(List.of(step))) > (kind == Kind.FRESHNESS ? 0 : 1)) {
                if (from == null || until == null || step.at().isAfter(until.plus(JUST_NOW))) {
                    add(incidents, kind, from, until);
                    from = step.at();
                }
                until = step.at().plus(step.step().length());
            }
        }
        boolean goesOn = until != null && until.plus(Step.MINUTE.length()).isAfter(now);
        add(incidents, kind, from, goesOn ? null : until);
        return incidents;
    }

    private static void add(List<Incident> incidents, Kind kind, @Nullable Instant from, @Nullable Instant until) {
        if (from != null) {
            incidents.add(new Incident(kind, from, until));
        }
    }
}
