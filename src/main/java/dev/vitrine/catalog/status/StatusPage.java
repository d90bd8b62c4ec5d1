package dev.vitrine.catalog.status;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.sla.LevelReport;
import dev.vitrine.sla.LevelReport.EntityLevels;
import dev.vitrine.sla.LevelReport.Incident;
import dev.vitrine.sla.LevelReport.Kind;
import dev.vitrine.sla.LevelReport.ObjectiveLevel;
import dev.vitrine.sla.ServiceLevels.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// HTML for people: without scripts, for a phone as for a desk, in the colours that their device prefers.
final class StatusPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="refresh" content="60">
            <title>%1$s: service levels</title>
            <style>
            :root{color-scheme:light dark;--good:#1a7f37;--bad:#cf222e;--line:#0969da;--soft:#8888}
            body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:1rem}
            h1{font-size:1.5rem;margin:0}h2{font-size:1.2rem;margin:2rem 0 0}h3{font-size:1rem;margin:1.2rem 0 .3rem}
            .good{color:var(--good)}.bad{color:var(--bad);font-weight:600}.none,small{opacity:.75}
            dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.6rem;margin:0}
            .level{border:1px solid var(--soft);border-radius:.5rem;padding:.6rem .8rem}
            dt{font-weight:600}dd{margin:0}meter{width:100%%;height:.8rem}
            figure{margin:.8rem 0}figcaption{font-size:.85rem}svg{width:100%%;height:auto;display:block}
            .line{fill:none;stroke:var(--line);stroke-width:2}.limit{stroke:var(--bad);stroke-dasharray:6 4}
            text{font-size:12px;fill:currentColor;opacity:.75}ul{padding-left:1.2rem;margin:.3rem 0}
            </style></head><body>
            <h1>%1$s</h1>
            """;

    private final StringBuilder html = new StringBuilder();

    private StatusPage() {}

    /// @param lastDay of an entity of a version
    static String of(String product, List<LevelReport> reports, BiFunction<DataProduct, String, List<Moment>> lastDay) {
        StatusPage page = new StatusPage();
        page.html.append(HEAD.formatted(Words.escaped(product)));
        long broken = reports.stream()
                .flatMap(report -> report.entities().stream())
                .flatMap(entity -> entity.objectives().stream())
                .filter(level -> !level.met())
                .count();
        page.html.append(
                broken == 0
                        ? "<p class=\"good\">Every promise of the last 30 days is kept.</p>"
                        : "<p class=\"bad\">%d of the promises of the last 30 days %s broken.</p>"
                                .formatted(broken, broken == 1 ? "is" : "are"));
        reports.forEach(report -> page.version(report, lastDay));
        if (!reports.isEmpty()) {
            page.html.append("<p><small>As of %s UTC, measured by all processes of the service.</small></p>"
                    .formatted(time(reports.getFirst().at())));
        }
        return page.html.append("</body></html>\n").toString();
    }

    private void version(LevelReport report, BiFunction<DataProduct, String, List<Moment>> lastDay) {
        html.append(
                "<h2>Version %s</h2>".formatted(Words.escaped(report.product().version())));
        for (EntityLevels entity : report.entities()) {
            html.append("<section><h3>%s</h3>".formatted(Words.escaped(entity.entity())));
            if (entity.objectives().isEmpty()) {
                html.append("<p class=\"none\">Nothing is promised.</p>");
            } else {
                html.append("<dl>");
                entity.objectives().forEach(this::level);
                html.append("</dl>");
            }
            List<Moment> day = lastDay.apply(report.product(), entity.entity());
            html.append(Plot.of("Behind the gold table", day, Moment::behind, limit(entity, Kind.FRESHNESS)));
            html.append(Plot.of("Response time", day, Moment::responseTime, limit(entity, Kind.RESPONSE_TIME)));
            incidents(entity.incidents());
            html.append("</section>");
        }
    }

    private void level(ObjectiveLevel level) {
        double left = level.budgetLeft();
        html.append("<div class=\"level\"><dt>%s</dt><dd>%s</dd>"
                .formatted(Words.name(level.kind()), Words.promise(level)));
        html.append("<dd>now: <b>%s</b></dd>".formatted(Words.now(level)));
        String budget = left >= 0 ? Words.percent(left) : "none, broken";
        if (level.enough()) {
            html.append("<dd class=\"%s\">budget left: %s</dd>".formatted(level.met() ? "good" : "bad", budget));
        } else {
            html.append("<dd class=\"none\">not enough data: fewer than 100</dd>");
        }
        html.append("<dd><meter min=\"0\" max=\"1\" low=\"0.1\" optimum=\"1\" value=\"%s\"></meter></dd></div>"
                .formatted(Math.clamp(left, 0.0, 1.0)));
    }

    private void incidents(List<Incident> incidents) {
        if (incidents.isEmpty()) {
            html.append("<p class=\"none\">No incidents in the last 30 days.</p>");
            return;
        }
        html.append("<ul>");
        for (Incident incident : incidents) {
            Instant until = incident.until();
            html.append("<li>%s: %s UTC, %s</li>"
                    .formatted(
                            Words.name(incident.kind()),
                            time(incident.from()),
                            until == null
                                    ? "<span class=\"bad\">goes on</span>"
                                    : Words.time(Duration.between(incident.from(), until)
                                            .toSeconds())));
        }
        html.append("</ul>");
    }

    private static @Nullable Double limit(EntityLevels entity, Kind kind) {
        return entity.objectives().stream()
                .filter(level -> level.kind() == kind)
                .findFirst()
                .map(Words::limit)
                .orElse(null);
    }

    private static String time(Instant at) {
        return TIME.format(at.atZone(ZoneOffset.UTC));
    }
}
