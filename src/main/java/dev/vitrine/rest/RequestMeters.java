package dev.vitrine.rest;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.ServiceLevel.ResponseTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/// Counts what is asked of each entity, in the words of its contract:
///
/// - `vitrine.http.requests` by product, version, entity, operation and outcome: `answered`, `refused` (4xx), `failed`
/// (5xx,
///   or cut off)
/// - `vitrine.http.response.time` by product, version, entity and operation, with a bucket that ends where the
/// contract's
///   `responseTime` does
///
/// The labels come from contracts, never from callers: an address that the contracts do not know is counted nowhere.
@Component
final class RequestMeters implements ObservationHandler<ServerRequestObservationContext> {

    private static final String START = RequestMeters.class.getName();
    private static final Duration USUAL = Duration.ofMillis(50);

    private final Contracts contracts;
    private final MeterRegistry registry;
    private final Map<String, Optional<Meters>> byPattern = new ConcurrentHashMap<>();

    RequestMeters(Contracts contracts, MeterRegistry registry) {
        this.contracts = contracts;
        this.registry = registry;
    }

    @Override
    public void onStart(ServerRequestObservationContext context) {
        context.put(START, System.nanoTime());
    }

    @Override
    public void onStop(ServerRequestObservationContext context) {
        String pattern = context.getPathPattern();
        if (pattern != null && pattern.startsWith(ApiAddress.PREFIX)) {
            byPattern.computeIfAbsent(pattern, this::meters).ifPresent(meters -> meters.count(context));
        }
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ServerRequestObservationContext;
    }

    /// Of `/api/sales/v1/customers/{key}`; nothing where no entity is addressed.
    private Optional<Meters> meters(String pattern) {
        List<String> segments =
                List.of(pattern.substring(ApiAddress.PREFIX.length()).split("/|(?=:)"));
        if (segments.size() < 3) {
            return Optional.empty();
        }
        String version = segments.get(1);
        String entity = segments.get(2);
        return contracts.products().stream()
                .filter(product -> product.address().equals(segments.getFirst() + "/" + version))
                .filter(product -> product.entity(entity).isPresent())
                .findFirst()
                .map(product -> new Meters(
                        registry,
                        Tags.of(
                                "product",
                                product.name(),
                                "version",
                                version,
                                "entity",
                                entity,
                                "operation",
                                operation(segments.subList(3, segments.size()))),
                        promised(product, entity)));
    }

    private static String operation(List<String> rest) {
        return switch (rest.size()) {
            case 0 -> "list";
            case 1 -> rest.getFirst().startsWith(":") ? "batch" : "get";
            default -> "related";
        };
    }

    private static Duration promised(DataProduct product, String entity) {
        return product.serviceLevels().stream()
                .filter(level -> level.element() == null || entity.equals(level.element()))
                .flatMap(level -> level instanceof ResponseTime time ? Stream.of(time.limit()) : Stream.empty())
                .min(Duration::compareTo)
                .orElse(USUAL);
    }

    private static final class Meters {

        private final Counter answered;
        private final Counter refused;
        private final Counter failed;
        private final Timer time;

        Meters(MeterRegistry registry, Tags tags, Duration limit) {
            this.answered = requests(registry, tags, "answered");
            this.refused = requests(registry, tags, "refused");
            this.failed = requests(registry, tags, "failed");
            this.time = Timer.builder("vitrine.http.response.time")
                    .description("Time until an answer was sent")
                    .tags(tags)
                    .serviceLevelObjectives(around(limit))
                    .register(registry);
        }

        void count(ServerRequestObservationContext context) {
            int status = Objects.requireNonNull(context.getResponse()).getStatus();
            if (status >= 500 || context.getError() != null) {
                failed.increment();
            } else if (status >= 400) {
                refused.increment();
            } else {
                answered.increment();
            }
            @Nullable Long start = context.get(START);
            if (start != null) {
                time.record(Duration.ofNanos(System.nanoTime() - start));
            }
        }

        /// Few, and one of them the limit: it alone decides whether a promise was kept.
        private static Duration[] around(Duration limit) {
            return new Duration[] {
                limit.dividedBy(8),
                limit.dividedBy(4),
                limit.dividedBy(2),
                limit,
                limit.multipliedBy(2),
                limit.multipliedBy(4),
                limit.multipliedBy(16)
            };
        }

        private static Counter requests(MeterRegistry registry, Tags tags, String outcome) {
            return Counter.builder("vitrine.http.requests")
                    .description("Requests for an entity")
                    .tags(tags)
                    .tag("outcome", outcome)
                    .register(registry);
        }
    }
}
