package dev.vitrine.rest;

import dev.vitrine.contract.DataProduct;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts requests by product version and client, so that the owner of a version knows who would miss it. Threads may
/// share it.
final class VersionUse {

    /// Further clients are counted together: whoever registers clients must not fill the meters.
    private static final int MOST_CLIENTS = 200;
    private static final String OTHERS = "others";

    private final MeterRegistry meters;
    private final Map<String, String> labels = new ConcurrentHashMap<>();
    private final Map<Use, Counter> counters = new ConcurrentHashMap<>();

    VersionUse(MeterRegistry meters) {
        this.meters = meters;
    }

    private record Use(String product, String version, String client) {}

    /// Counts a request.
    void count(DataProduct product, String client) {
        Use use = new Use(product.name(), "v" + product.major(), label(client));
        counters.computeIfAbsent(use, this::counter).increment();
    }

    private String label(String client) {
        String known = labels.get(client);
        if (known == null && labels.size() < MOST_CLIENTS) {
            known = labels.computeIfAbsent(client, name -> name);
        }
        return known == null ? OTHERS : known;
    }

    private Counter counter(Use use) {
        return Counter.builder("vitrine.requests")
                .description("Requests for data, by product version and client")
                .tag("product", use.product())
                .tag("version", use.version())
                .tag("client", use.client())
                .register(meters);
    }
}
