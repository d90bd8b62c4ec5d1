package dev.vitrine.rest;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.sla.Requests;
import dev.vitrine.sla.Tally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
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
/// The labels come from contracts, never from callers: an address that the contracts do not know is counted nowhere.
@Component
final class RequestMeters implements ObservationHandler<ServerRequestObservationContext> {

    private static final String START = RequestMeters.class.getName();
    private static final String TIME = "vitrine.http.response.time";

    private final Contracts contracts;
    private final MeterRegistry registry;
    private final Requests requests;
    private final Map<String, Meters> known = new ConcurrentHashMap<>();

    /// @param requests none where the door is started alone, as tests do
    RequestMeters(Contracts contracts, MeterRegistry registry, ObjectProvider<Requests> requests) {
        this.contracts = contracts;
        this.registry = registry;
        this.requests = requests.getIfAvailable(Requests::new);
    }

    @Override
    public void onStart(ServerRequestObservationContext context) {
        context.put(START, System.nanoTime());
    }

    @Override
    public void onStop(ServerRequestObservationContext context) {
        HttpServletRequest request = context.getCarrier();
        String address = request == null ? "" : request.getRequestURI();
        if (address.startsWith(ApiAddress.PREFIX)) {
            List<String> segments =
                    List.of(address.substring(ApiAddress.PREFIX.length()).split("/", 5));
            if (segments.size() > 2) {
                meters(segments).ifPresent(meters -> meters.count(context));
            }
        }
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ServerRequestObservationContext;
    }

    /// Made anew where the contracts have changed.
    private Optional<Meters> meters(List<String> segments) {
        String collection = segments.get(2);
        int verb = collection.indexOf(':');
        String entityName = verb < 0 ? collection : collection.substring(0, verb);
        String operation = verb < 0 ? operation(segments.size()) : "batch";
        String name = String.join("/", segments.get(0), segments.get(1), entityName, operation);
        List<DataProduct> now = contracts.products();
        Meters last = known.get(name);
        if (last != null && last.products == now) {
            return Optional.of(last);
        }
        Optional<Meters> fresh = now.stream()
                .filter(product -> product.address().equals(segments.get(0) + "/" + segments.get(1)))
                .findFirst()
                .flatMap(product -> product.entity(entityName)
                        .map(entity -> new Meters(now, product, entity, operation, requests, registry, last)));
        fresh.ifPresent(meters -> known.put(name, meters));
        return fresh;
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
        private final Timer time;
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
            if (before != null && before.tally != tally) {
                // Buckets of a meter that is there already stay as they are.
                registry.remove(before.time);
            }
            this.time = Timer.builder(TIME)
                    .description("Time until an answer was sent")
                    .tags(tags)
                    .serviceLevelObjectives(tally.bounds())
                    .register(registry);
            this.singleRead = operation.equals("get");
        }

        void count(ServerRequestObservationContext context) {
            HttpServletResponse response = context.getResponse();
            int status = response == null ? 500 : response.getStatus();
            // A version that is not there yet, or waited for, says nothing about the service.
            HttpServletRequest request = context.getCarrier();
            boolean ahead = request != null && request.getHeader(MinimumVersion.HEADER) != null;
            if (ahead && status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
                refused.increment();
            } else if (status >= 500 || context.getError() != null) {
                failed.increment();
                tally.failed();
            } else if (status >= 400) {
                refused.increment();
            } else {
                answered.increment();
                tally.answered();
            }
            @Nullable Long start = context.get(START);
            if (start != null) {
                long nanos = System.nanoTime() - start;
                time.record(Duration.ofNanos(nanos));
                if (singleRead && !ahead) {
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
