package dev.vitrine.sla;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.ServiceLevel;
import dev.vitrine.contract.ServiceLevel.Latency;
import dev.vitrine.contract.ServiceLevel.ResponseTime;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a product version promises of one entity; of several promises about the same the strictest.
///
/// @param failures share of the requests that may fail, over 30 days, from `availability` and `errorRate`: 99.9 % is
/// 0.001
/// @param responseTime of single reads
/// @param freshness how old what is served may be
record Objectives(
        DataProduct product,
        EntityType entity,
        Optional<BigDecimal> failures,
        Optional<ResponseTime> responseTime,
        Optional<Duration> freshness) {

    /// Of the time, in which what is served may be older than promised: ODCS has no word for it.
    static final BigDecimal STALE = new BigDecimal("0.01");

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// In the contract's order of entities.
    static List<Objectives> of(DataProduct product) {
        return product.entities().stream().map(entity -> of(product, entity)).toList();
    }

    static Objectives of(DataProduct product, EntityType entity) {
        return new Objectives(
                product,
                entity,
                levels(product, entity).flatMap(Objectives::failures).min(Comparator.naturalOrder()),
                levels(product, entity)
                        .filter(ResponseTime.class::isInstance)
                        .map(ResponseTime.class::cast)
                        .min(Comparator.comparing(ResponseTime::limit)
                                .thenComparing(Comparator.comparing(ResponseTime::percentile)
                                        .reversed())),
                levels(product, entity)
                        .filter(Latency.class::isInstance)
                        .map(level -> ((Latency) level).limit())
                        .min(Comparator.naturalOrder()));
    }

    /// `sales/dim_customer`: what the worker's metrics call the table.
    String table() {
        return product.name() + "/" + entity.table();
    }

    /// Share of the single reads that may take longer than the limit: p99 is 0.01.
    static BigDecimal slow(ResponseTime promise) {
        return share(HUNDRED.subtract(BigDecimal.valueOf(promise.percentile())));
    }

    private static Stream<ServiceLevel> levels(DataProduct product, EntityType entity) {
        return product.serviceLevels().stream()
                .filter(level -> level.element() == null || entity.name().equals(level.element()));
    }

    private static Stream<BigDecimal> failures(ServiceLevel level) {
        return switch (level) {
            case ServiceLevel.Availability promise ->
                Stream.of(share(HUNDRED.subtract(BigDecimal.valueOf(promise.percent()))));
            case ServiceLevel.ErrorRate promise -> Stream.of(share(BigDecimal.valueOf(promise.percent())));
            default -> Stream.empty();
        };
    }

    private static BigDecimal share(BigDecimal percent) {
        return percent.divide(HUNDRED, MathContext.DECIMAL64).stripTrailingZeros();
    }
}
