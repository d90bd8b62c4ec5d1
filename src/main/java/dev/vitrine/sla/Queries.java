package dev.vitrine.sla;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.ServiceLevel.ResponseTime;
import java.math.BigDecimal;
import java.time.Duration;

/// What is asked of Prometheus, for rules and panels alike: the names and labels of the service's metrics stand here.
final class Queries {

    /// Names of recorded shares, without the window.
    static final String FAILURES = "vitrine:failures:ratio_rate";

    static final String SLOW = "vitrine:slow:ratio_rate";

    private static final String BY = "sum by (product, version, entity) ";

    private Queries() {}

    /// `product="sales",version="v1"`
    static String version(DataProduct product) {
        return "product=\"%s\",version=\"v%d\"".formatted(product.name(), product.major());
    }

    /// `product="sales",version="v1",entity="customers"`
    static String entity(Objectives objectives) {
        return version(objectives.product())
                + ",entity=\"%s\"".formatted(objectives.entity().name());
    }

    /// Share of the requests that failed (5xx), by entity.
    static String failures(String labels, String window) {
        return BY + "(rate(vitrine_http_requests_total{%s,outcome=\"failed\"}[%s]))\n".formatted(labels, window) + "/ "
                + BY + "(rate(vitrine_http_requests_total{%s}[%s]))".formatted(labels, window);
    }

    /// Share of the single reads that took longer than promised, by entity.
    static String slow(String labels, ResponseTime promise, String window) {
        return "1 - " + BY
                + "(rate(vitrine_http_response_time_seconds_bucket{%s,operation=\"get\",le=\"%s\"}[%s]))\n"
                        .formatted(labels, seconds(promise.limit()), window)
                + "/ " + BY
                + "(rate(vitrine_http_response_time_seconds_count{%s,operation=\"get\"}[%s]))"
                        .formatted(labels, window);
    }

    /// A percentile of the single reads, in seconds, by entity.
    static String responseTime(String labels, double percentile, String window) {
        return "histogram_quantile(%s, sum by (le, product, version, entity) (rate(vitrine_http_response_time_seconds_bucket{%s,operation=\"get\"}[%s])))"
                .formatted(
                        BigDecimal.valueOf(percentile)
                                .movePointLeft(2)
                                .stripTrailingZeros()
                                .toPlainString(),
                        labels,
                        window);
    }

    /// A metric of the worker, of one table; several processes may show it while the table changes hands.
    static String worst(String metric, String table) {
        return "max by (table) (vitrine_sync_%s{table=\"%s\"})".formatted(metric, table);
    }

    /// How far what readers are served is behind a table, in seconds: all processes tell, the one that knows least
    /// decides.
    static String behind(String table) {
        return "max by (table) (vitrine_freshness_seconds{table=\"%s\"})".formatted(table);
    }

    /// Requests a second, by entity and outcome.
    static String requests(String labels, String window) {
        return "sum by (entity, outcome) (rate(vitrine_http_requests_total{%s}[%s]))".formatted(labels, window);
    }

    /// As Micrometer writes the bucket of a limit.
    static String seconds(Duration limit) {
        return Double.toString(limit.toNanos() / 1e9);
    }
}
