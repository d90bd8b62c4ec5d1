package dev.vitrine.sla;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.ServiceLevel.ResponseTime;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A dashboard for Grafana that shows a product version against its contract: a row of panels for each entity, with the
/// limits of the contract as lines, and one for its tables.
public final class GrafanaDashboard {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String WINDOW = "$__rate_interval";
    private static final int WIDTH = 24;
    private static final int HEIGHT = 7;

    private final ArrayNode panels = JSON.createArrayNode();
    private int top;

    private GrafanaDashboard() {}

    /// The dashboard as JSON, for import or for provisioning.
    public static String of(DataProduct product) {
        GrafanaDashboard dashboard = new GrafanaDashboard();
        List<Objectives> all = Objectives.of(product);
        all.forEach(dashboard::entity);
        dashboard.tables(all);
        ObjectNode root = JSON.createObjectNode()
                .put("uid", "vitrine-" + product.name() + "-v" + product.major())
                .put("title", product.address() + " against its contract")
                .put("description", "Made from the contract: do not edit.")
                .put("schemaVersion", 39)
                .put("refresh", "1m");
        root.putArray("tags").add("vitrine").add(product.name());
        root.putObject("time").put("from", "now-24h").put("to", "now");
        root.putObject("templating")
                .putArray("list")
                .addObject()
                .put("name", "datasource")
                .put("type", "datasource")
                .put("query", "prometheus");
        root.set("panels", dashboard.panels);
        return JSON.writeValueAsString(root) + "\n";
    }

    private void entity(Objectives objectives) {
        String labels = Queries.entity(objectives);
        row(objectives.entity().name());
        List<ObjectNode> shown = new ArrayList<>();
        shown.add(panel("Requests by outcome", "reqps", Map.of("{{outcome}}", Queries.requests(labels, WINDOW))));
        objectives.failures().ifPresent(share -> shown.add(budget(labels, share)));
        ResponseTime promise = objectives.responseTime().orElse(null);
        double percentile = promise == null ? 99 : promise.percentile();
        shown.add(limit(
                panel(
                        "Single reads, p"
                                + BigDecimal.valueOf(percentile)
                                        .stripTrailingZeros()
                                        .toPlainString(),
                        "s",
                        Map.of("p", Queries.responseTime(labels, percentile, WINDOW))),
                Optional.ofNullable(promise).map(ResponseTime::limit)));
        shown.add(limit(
                panel("Behind its table", "s", Map.of("behind", Queries.behind(objectives.table()))),
                objectives.freshness()));
        place(shown);
    }

    private void tables(List<Objectives> all) {
        String tables = all.stream().map(Objectives::table).distinct().collect(Collectors.joining("|"));
        row("Tables");
        place(List.of(
                panel(
                        "Rows written a second",
                        "rowsps",
                        Map.of(
                                "{{table}} {{kind}}",
                                sum("table, kind", "rate(vitrine_sync_rows_total{%s}[" + WINDOW + "])", tables))),
                panel("Commits behind", "short", Map.of("{{table}}", max("table", "vitrine_sync_lag_commits", tables))),
                panel(
                        "Rows that cannot be served",
                        "short",
                        Map.of("{{table}}", sum("table", "vitrine_sync_deadletters{%s}", tables))),
                panel(
                        "Held or diverged",
                        "bool",
                        Map.of(
                                "{{table}} held by {{guard}}", max("table, guard", "vitrine_sync_held", tables),
                                "{{table}} diverged", max("table", "vitrine_sync_diverged", tables)))));
    }

    /// What is left of the errors that 30 days may have; below zero the promise is broken.
    private static ObjectNode budget(String labels, BigDecimal share) {
        String left = share.signum() == 0
                ? "1 - (%s > bool 0)".formatted(Queries.failures(labels, "30d"))
                : "1 - (%s) * %s"
                        .formatted(
                                Queries.failures(labels, "30d"),
                                BigDecimal.ONE
                                        .divide(share, MathContext.DECIMAL32)
                                        .stripTrailingZeros()
                                        .toPlainString());
        ObjectNode panel = panel("Budget of errors left, 30 days", "percentunit", Map.of("left", left))
                .put("type", "stat");
        ArrayNode steps = thresholds(panel);
        steps.addObject().put("color", "red").putNull("value");
        steps.addObject().put("color", "orange").put("value", 0.1);
        steps.addObject().put("color", "green").put("value", 0.5);
        return panel;
    }

    private static ObjectNode limit(ObjectNode panel, Optional<Duration> limit) {
        limit.ifPresent(promised -> {
            ArrayNode steps = thresholds(panel);
            steps.addObject().put("color", "green").putNull("value");
            steps.addObject().put("color", "red").put("value", promised.toMillis() / 1000.0);
            panel.withObject("/fieldConfig/defaults/custom")
                    .putObject("thresholdsStyle")
                    .put("mode", "line");
        });
        return panel;
    }

    private static ArrayNode thresholds(ObjectNode panel) {
        return panel.withObject("/fieldConfig/defaults")
                .putObject("thresholds")
                .put("mode", "absolute")
                .putArray("steps");
    }

    private static ObjectNode panel(String title, String unit, Map<String, String> queries) {
        ObjectNode panel = JSON.createObjectNode().put("type", "timeseries").put("title", title);
        panel.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
        panel.withObject("/fieldConfig/defaults").put("unit", unit).put("min", 0);
        ArrayNode targets = panel.putArray("targets");
        queries.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(query -> targets.addObject()
                        .put("refId", String.valueOf((char) ('A' + targets.size() - 1)))
                        .put("legendFormat", query.getKey())
                        .put("expr", query.getValue()));
        return panel;
    }

    private void row(String title) {
        panels.addObject()
                .put("type", "row")
                .put("title", title)
                .put("id", panels.size())
                .set("gridPos", at(0, WIDTH, 1));
        top++;
    }

    private void place(List<ObjectNode> row) {
        int width = WIDTH / row.size();
        for (int column = 0; column < row.size(); column++) {
            ObjectNode panel = row.get(column);
            panels.add(panel);
            panel.put("id", panels.size()).set("gridPos", at(column * width, width, HEIGHT));
        }
        top += HEIGHT;
    }

    private ObjectNode at(int left, int width, int height) {
        return JSON.createObjectNode()
                .put("x", left)
                .put("y", top)
                .put("w", width)
                .put("h", height);
    }

    private static String max(String by, String metric, String tables) {
        return "max by (%s) (%s{table=~\"%s\"})".formatted(by, metric, tables);
    }

    private static String sum(String by, String query, String tables) {
        return "sum by (%s) (%s)".formatted(by, query.formatted("table=~\"" + tables + "\""));
    }
}
