package dev.vitrine.sla;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// How fast a budget of 30 days is spent before somebody is told: both windows must burn, the long one so that it is
/// worth telling, the short one so that it still goes on.
enum BurnRate {
    /// two percent of the budget in an hour
    HOUR("14.4", "1h", "5m", "page"),
    /// five percent in six hours
    QUARTER("6", "6h", "30m", "page"),
    /// ten percent in a day
    DAY("3", "24h", "2h", "ticket"),
    /// ten percent in three days: as fast as it may be spent
    DAYS("1", "3d", "6h", "ticket");

    /// Of the budget.
    final String factor;

    final String window;
    final String stillWindow;
    final String severity;

    BurnRate(String factor, String window, String stillWindow, String severity) {
        this.factor = factor;
        this.window = window;
        this.stillWindow = stillWindow;
        this.severity = severity;
    }

    /// Every window that a rate is needed for, the shortest first.
    static List<String> windows() {
        return Arrays.stream(values())
                .flatMap(rate -> Stream.of(rate.stillWindow, rate.window))
                .distinct()
                .sorted(Comparator.comparing(BurnRate::length))
                .toList();
    }

    /// Of a window: `5m`, `24h`, `3d`.
    static Duration length(String window) {
        String text = window.toUpperCase(Locale.ROOT);
        return Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
    }
}
