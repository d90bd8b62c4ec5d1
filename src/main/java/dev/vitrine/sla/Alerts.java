package dev.vitrine.sla;

import dev.vitrine.contract.ServiceLevel.ResponseTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// When people are told that a promise is being broken, and what they can do. `severity` is `page` or `ticket`.
final class Alerts {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration PATIENTLY = Duration.ofMinutes(15);
    private static final String VALUE = "{{ $value | humanizePercentage }}";

    private final List<Map<String, Object>> rules = new ArrayList<>();

    private Alerts() {}

    /// Alerting rules, as Prometheus knows them.
    static List<Map<String, Object>> of(List<Objectives> all) {
        Alerts alerts = new Alerts();
        for (Objectives objectives : all) {
            objectives.failures().ifPresent(share -> alerts.failures(objectives, share));
            objectives.responseTime().ifPresent(promise -> alerts.slow(objectives, promise));
            objectives.freshness().ifPresent(limit -> alerts.stale(objectives, limit));
            alerts.table(objectives);
        }
        return alerts.rules;
    }

    private void failures(Objectives objectives, BigDecimal share) {
        burns(
                objectives,
                "VitrineRequestsFail",
                Queries.FAILURES,
                share,
                VALUE + " of the requests for " + address(objectives) + " fail; over 30 days " + percent(share)
                        + " may");
    }

    private void slow(Objectives objectives, ResponseTime promise) {
        BigDecimal share = Objectives.slow(promise);
        burns(
                objectives,
                "VitrineAnswersSlow",
                Queries.SLOW,
                share,
                VALUE + " of the single reads of " + address(objectives) + " take longer than "
                        + seconds(promise.limit()) + " s; over 30 days " + percent(share) + " may");
    }

    private void burns(Objectives objectives, String name, String recorded, BigDecimal share, String summary) {
        String series = Queries.entity(objectives);
        for (BurnRate rate : BurnRate.values()) {
            BigDecimal limit = new BigDecimal(rate.factor).multiply(share).stripTrailingZeros();
            Map<String, String> labels = labels(objectives, rate.severity);
            labels.put("window", rate.window);
            add(
                    name,
                    "%1$s%2$s{%4$s} > %5$s\nand %1$s%3$s{%4$s} > %5$s"
                            .formatted(recorded, rate.window, rate.stillWindow, series, limit.toPlainString()),
                    AT_ONCE,
                    labels,
                    summary,
                    "The budget of 30 days is spent %s times as fast as it may be, over %s and still over %s."
                            .formatted(rate.factor, rate.window, rate.stillWindow));
        }
    }

    /// Late for as long as was promised, but at least for a minute: a look at the metrics may fall between two commits.
    private void stale(Objectives objectives, Duration limit) {
        Duration wait = limit.compareTo(SOON) < 0 ? SOON : limit.compareTo(PATIENTLY) > 0 ? PATIENTLY : limit;
        add(
                "VitrineDataStale",
                Queries.behind(objectives.table()) + " > " + seconds(limit),
                wait,
                labels(objectives, "page"),
                address(objectives) + " is {{ $value | humanizeDuration }} behind its table; " + seconds(limit)
                        + " s are promised",
                "A commit of " + objectives.table() + " is not served yet; /actuator/sync/" + objectives.table()
                        + " tells why.");
    }

    private void table(Objectives objectives) {
        String table = objectives.table();
        add(
                "VitrineTableHeld",
                "max by (table, guard) (vitrine_sync_held{table=\"%s\"}) == 1".formatted(table),
                SOON,
                labels(objectives, "page"),
                table + " is held by the guard {{ $labels.guard }}",
                "What was good last is served until somebody releases or rejects what is held: /actuator/sync/" + table
                        + ".");
        add(
                "VitrineTableDiverged",
                Queries.worst("diverged", table) + " == 1",
                SOON,
                labels(objectives, "ticket"),
                table + " is served without a commit that was rejected",
                "What is served differs from the gold table until it is rebuilt.");
        add(
                "VitrineDeadLetters",
                "sum by (table) (max by (table, reason) (vitrine_sync_deadletters{table=\"%s\"})) > 0".formatted(table),
                PATIENTLY,
                labels(objectives, "ticket"),
                "{{ $value }} rows of " + table + " cannot be served",
                "They break the contract, so their keys answer 404 withheld: /actuator/deadletters/" + table + ".");
        add(
                "VitrineTableUnattended",
                "absent(vitrine_sync_version{table=\"%s\"})".formatted(table),
                PATIENTLY,
                labels(objectives, "page"),
                "nobody moves " + table,
                "No process with the role sync shows metrics of it, so what is served only grows older.");
    }

    private void add(
            String name,
            String expression,
            Duration wait,
            Map<String, String> labels,
            String summary,
            String description) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("alert", name);
        rule.put("expr", expression);
        if (wait.isPositive()) {
            rule.put("for", wait.toSeconds() + "s");
        }
        rule.put("labels", labels);
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", summary);
        annotations.put("description", description);
        rule.put("annotations", annotations);
        rules.add(rule);
    }

    private static Map<String, String> labels(Objectives objectives, String severity) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("severity", severity);
        labels.put("product", objectives.product().name());
        labels.put("version", "v" + objectives.product().major());
        labels.put("entity", objectives.entity().name());
        return labels;
    }

    private static String address(Objectives objectives) {
        return objectives.product().address() + "/" + objectives.entity().name();
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString();
    }
}
