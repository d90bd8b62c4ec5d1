package dev.vitrine.sla;

import dev.vitrine.store.Measured;
import dev.vitrine.store.Measured.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Of one subject: the minutes of the last day, the hours of the last 30.
record Measurement(List<Measured> minutes, List<Measured> hours) {

    private static final Duration DAY = Duration.ofDays(1);

    /// Whole steps, the one included that the window begins in.
    List<Measured> since(Instant now, Duration window) {
        Step step = window.compareTo(DAY) <= 0 ? Step.MINUTE : Step.HOUR;
        Instant from = step.of(now.minus(window));
        return (step == Step.MINUTE ? minutes : hours)
                .stream().filter(measured -> !measured.at().isBefore(from)).toList();
    }

    List<Measured> between(Instant from, Instant to) {
        return minutes.stream()
                .filter(measured ->
                        !measured.at().isBefore(from) && measured.at().isBefore(to))
                .toList();
    }
}
