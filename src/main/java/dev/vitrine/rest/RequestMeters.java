package dev.vitrine.rest;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.rest.AskedEntities.Outcome;
import dev.vitrine.sla.Requests;
import dev.vitrine.sla.Tally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/// Counts what is asked of each entity, in the words of its contract, also what is refused or fails before it is
/// understood:
///
/// - `vitrine.http.requests` by product, version, entity, operation and outcome: `answered`, `refused` (4xx), `failed`
///   (5xx, or cut off)
/// - `vitrine.http.response.time` by product, version, entity and operation, with a bucket that ends where the
///   contract's `responseTime` does
///
/// A GraphQL request is one of each entity that it reads: as `get` if it reads one by its key and nothing else, so that
/// the promise about single reads is about it too, else as `graphql`.
///
/// The labels come from contracts, never from callers: an address that the contracts do not know is counted nowhere.
@Component
final class RequestMeters implements ObservationHandler<ServerRequestObservationContext> {

    private static final String START = RequestMeters.class.getName();
    private static final String GRAPHQL = "graphql";
    private static final String TIME = "vitrine.http.response.time";

    private final Contracts contracts;
    private final MeterRegistry registry;
    private final Requests requests;
    private final @Nullable Tracer tracer;
    private final Map<String, Meters> known = new ConcurrentHashMap<>();

    /// @param requests none where the door is started alone, as tests do
    RequestMeters(
            Contracts contracts,
            MeterRegistry registry,
            ObjectProvider<Requests> requests,
            ObjectProvider<Tracer> tracers) {
        this.contracts = contracts;
        this.registry = registry;
        this.requests = requests.getIfAvailable(Requests::new);
        this.tracer = tracers.getIfAvailable();
    }

    @Override
    public void onStart(ServerRequestObservationContext context) {
        context.put(START, System.nanoTime());
    }

    /// Where the request's trace is sampled, it is the exemplar of what is counted.
    @Override
    public void onStop(ServerRequestObservationContext context) {
        TracingContext traced = context.get(TracingContext.class);
        Span span = traced == null ? null : traced.getSpan();
        if (tracer == null
                || span == null
                || !Boolean.TRUE.equals(span.context().sampled())) {
            count(context);
            return;
        }
        Tracer.SpanInScope scope = tracer.withSpan(span);
        try {
            count(context);
        } finally {
            scope.close();
        }
    }

    private void count(ServerRequestObservationContext context) {
        HttpServletRequest request = context.getCarrier();
        String address = request == null ? "" : request.getRequestURI();
        if (request != null && address.startsWith(ApiAddress.PREFIX)) {
            List<String> segments =
                    List.of(address.substring(ApiAddress.PREFIX.length()).split("/", 5));
            if (segments.size() > 2) {
                String product = segments.get(0) + '/' + segments.get(1);
                if (segments.get(2).equals(GRAPHQL)) {
                    countAsked(product, request, context);
                } else {
                    count(product, segments, context);
                }
            }
        }
    }

    private void count(String product, List<String> segments, ServerRequestObservationContext context) {
        String collection = segments.get(2);
        int verb = collection.indexOf(':');
        meters(
                        product,
                        verb < 0 ? collection : collection.substring(0, verb),
                        verb < 0 ? operation(segments.size()) : "batch")
                .ifPresent(meters -> meters.count(context, outcome(context)));
    }

    /// By each entity that was asked for. Where the request failed before that was known, it is by all of them.
    private void countAsked(String product, HttpServletRequest request, ServerRequestObservationContext context) {
        Outcome whole = outcome(context);
        AskedEntities asked = AskedEntities.of(request);
        if (asked != null && !asked.outcomes().isEmpty()) {
            asked.outcomes()
                    .forEach((entity, outcome) -> meters(product, entity, asked.singleRead() ? "get" : GRAPHQL)
                            .ifPresent(meters -> meters.count(context, whole == Outcome.ANSWERED ? outcome : whole)));
        } else if (whole == Outcome.FAILED) {
            contracts.products().stream()
                    .filter(version -> version.address().equals(product))
                    .flatMap(version -> version.entities().stream())
                    .forEach(entity ->
                            meters(product, entity.name(), GRAPHQL).ifPresent(meters -> meters.count(context, whole)));
        }
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ServerRequestObservationContext;
    }

    /// Made anew where the contracts have changed.
    ///
    /// @param address of the product version
    private Optional<Meters> meters(String address, String entityName, String operation) {
        String name = String.join("/", address, entityName, operation);
        List<DataProduct> now = contracts.products();
        Meters last = known.get(name);
        if (last != null && last.products == now) {
            return Optional.of(last);
        }
        Optional<Meters> fresh = now.stream()
                .filter(product -> product.address().equals(address))
                .findFirst()
                .flatMap(product -> product.entity(entityName)
                        .map(entity -> new Meters(now, product, entity, operation, requests, registry, last)));
        fresh.ifPresent(meters -> known.put(name, meters));
        return fresh;
    }

    /// Of the whole answer.
    private static Outcome outcome(ServerRequestObservationContext context) {
        HttpServletResponse response = context.getResponse();
        int status = response == null ? 500 : response.getStatus();
        if (isAhead(context) && status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            return Outcome.REFUSED;
        }
        if (status >= 500 || context.getError() != null) {
            return Outcome.FAILED;
        }
        return status >= 400 ? Outcome.REFUSED : Outcome.ANSWERED;
    }

    /// A version that is not there yet, or waited for, says nothing about the service.
    private static boolean isAhead(ServerRequestObservationContext context) {
        HttpServletRequest request = context.getCarrier();
        return request != null && request.getHeader(MinimumVersion.HEADER) != null;
    }

    /// `{entity}`, `{entity}/{key}`, `{entity}/{key}/{relation}`.
    private static String operation(int segments) {
        return switch (segments) {
            case 3 -> "list";
            case 4 -> "get";
            default -> "related";
        };
    }

    private static final class Meters {

        final List<DataProduct> products;
        private final Counter answered;
        private final Counter refused;
        private final Counter failed;
        private final @Nullable Timer time;
        private final Tally tally;
        private final boolean singleRead;

        Meters(
                List<DataProduct> products,
                DataProduct product,
                EntityType entity,
                String operation,
                Requests requests,
                MeterRegistry registry,
                @Nullable Meters before) {
            Tags tags = Tags.of(
                    "product",
                    product.name(),
                    "version",
                    "v" + product.major(),
                    "entity",
                    entity.name(),
                    "operation",
                    operation);
            this.products = products;
            this.answered = requests(registry, tags, "answered");
            this.refused = requests(registry, tags, "refused");
            this.failed = requests(registry, tags, "failed");
            this.tally = requests.of(product, entity);
            if (before != null && before.time != null && before.tally != tally) {
                // Buckets of a meter that is there already stay as they are.
                registry.remove(before.time);
            }
            // Where it is of many reads at once it is about none of its entities.
            this.time = operation.equals(GRAPHQL)
                    ? null
                    : Timer.builder(TIME)
                            .description("Time until an answer was sent")
                            .tags(tags)
                            .serviceLevelObjectives(tally.bounds())
                            .register(registry);
            this.singleRead = operation.equals("get");
        }

        void count(ServerRequestObservationContext context, Outcome outcome) {
            switch (outcome) {
                case FAILED -> {
                    failed.increment();
                    tally.failed();
                }
                case REFUSED -> refused.increment();
                case ANSWERED -> {
                    answered.increment();
                    tally.answered();
                }
            }
            @Nullable Long start = context.get(START);
            if (start != null && time != null) {
                long nanos = System.nanoTime() - start;
                time.record(Duration.ofNanos(nanos));
                if (singleRead && !isAhead(context)) {
                    tally.singleRead(nanos);
                }
            }
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
