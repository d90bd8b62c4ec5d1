package dev.vitrine.catalog.status;

import dev.vitrine.sla.ServiceLevels.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A line over the last day as SVG, broken where nothing was measured, with the promised limit.
final class Plot {

    /// Of the day, for each point of the line.
    static final Duration PART = Duration.ofMinutes(10);

    private static final int WIDTH = 720;
    private static final int HEIGHT = 120;
    private static final int BOTTOM = 100;
    private static final int LABELS = 6;
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private Plot() {}

    /// @param value in seconds; null: not measured
    /// @param limit in seconds; null: nothing is promised
    static String of(String title, List<Moment> day, Function<Moment, @Nullable Double> value, @Nullable Double limit) {
        double worst = 0;
        boolean any = false;
        for (Moment moment : day) {
            Double seconds = value.apply(moment);
            any |= seconds != null;
            worst = Math.max(worst, seconds == null ? 0 : seconds);
        }
        if (!any) {
            return "<p class=\"none\">%s: nothing was measured in the last 24 hours.</p>".formatted(title);
        }
        double top = Math.max(worst, limit == null ? 0 : limit) * 1.1;
        double scale = top == 0 ? 1 : top;
        StringBuilder svg = new StringBuilder();
        svg.append("<figure><figcaption>%s, worst %s</figcaption>".formatted(title, Words.time(worst)));
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s over the last 24 hours, worst %s\">"
                .formatted(WIDTH, HEIGHT, title, Words.time(worst)));
        svg.append("<path class=\"line\" d=\"").append(line(day, value, scale)).append("\"/>");
        if (limit != null) {
            long at = y(limit, scale);
            svg.append("<path class=\"limit\" d=\"M0 %dH%d\"/><text x=\"2\" y=\"%d\">%s</text>"
                    .formatted(at, WIDTH, at - 3, Words.time(limit)));
        }
        return svg.append(hours(day)).append("</svg></figure>").toString();
    }

    private static String line(List<Moment> day, Function<Moment, @Nullable Double> value, double scale) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (int i = 0; i < day.size(); i++) {
            Double seconds = value.apply(day.get(i));
            if (seconds != null) {
                path.append("%s%d %dH%d"
                        .formatted(
                                drawing ? "L" : "M",
                                i * WIDTH / day.size(),
                                y(seconds, scale),
                                (i + 1) * WIDTH / day.size()));
            }
            drawing = seconds != null;
        }
        return path.toString();
    }

    private static String hours(List<Moment> day) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < LABELS; i++) {
            Instant at = day.get(i * day.size() / LABELS).at();
            labels.append("<text x=\"%d\" y=\"%d\">%s</text>"
                    .formatted(i * WIDTH / LABELS, HEIGHT - 4, HOUR.format(at.atZone(ZoneOffset.UTC))));
        }
        return labels.toString();
    }

    private static long y(double seconds, double scale) {
        return BOTTOM - Math.round((BOTTOM - 4) * seconds / scale);
    }
}
