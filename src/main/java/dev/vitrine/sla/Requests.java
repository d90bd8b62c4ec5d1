package dev.vitrine.sla;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.ServiceLevel.ResponseTime;
import dev.vitrine.store.Measured;
import dev.vitrine.store.Measured.Step;
import dev.vitrine.store.Measurements;
import dev.vitrine.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// The requests that this process has answered and not yet added to what all processes have. Threads may share it.
@Component
public final class Requests {

    static final Duration USUAL = Duration.ofMillis(50);

    private final Map<Kept, Tally> tallies = new ConcurrentHashMap<>();

    /// @param limit of single reads; where the contract changes it, counting starts anew
    private record Kept(String subject, Duration limit) {}

    /// Where requests for an entity of a product version are counted. To be asked for again when its contract changes.
    public Tally of(DataProduct product, EntityType entity) {
        Duration limit = limit(Objectives.of(product, entity));
        return tallies.computeIfAbsent(new Kept(subject(product, entity), limit), kept -> new Tally(kept.limit));
    }

    static String subject(DataProduct product, EntityType entity) {
        return "requests/" + product.address() + "/" + entity.name();
    }

    static Duration limit(Objectives objectives) {
        return objectives.responseTime().map(ResponseTime::limit).orElse(USUAL);
    }

    /// Adds what was counted to what is kept. If that fails it is counted on and added the next time.
    ///
    /// @param now when it was counted
    void keep(Measurements measurements, Instant now) {
        tallies.forEach((kept, tally) -> {
            List<Long> counts = tally.take();
            if (counts.stream().anyMatch(count -> count > 0)) {
                try {
                    measurements.add(Stream.of(Step.values())
                            .map(step -> new Measured(kept.subject, step, now, counts, 0))
                            .toList());
                } catch (StoreFailure failure) {
                    tally.add(counts);
                    throw failure;
                }
            }
        });
    }
}
