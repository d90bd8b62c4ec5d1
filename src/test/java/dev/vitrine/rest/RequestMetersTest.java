package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RestTest
class RequestMetersTest {

    private final ChosenEntities entities;
    private final MeterRegistry registry;
    private final Client client;

    RequestMetersTest(
            @Autowired ChosenEntities entities, @Autowired MeterRegistry registry, @LocalServerPort int port) {
        this.entities = entities;
        this.registry = registry;
        this.client = Client.at(port);
    }

    @BeforeEach
    void forget() {
        entities.reset();
    }

    @Test
    void countsByEntityOperationAndOutcome() {
        entities.byKey.put(List.of("7"), "{}");
        double answered = count("get", "answered");
        double refused = count("get", "refused");
        double failed = count("list", "failed");

        client.get("/api/shop/v2/customers/7");
        client.get("/api/shop/v2/customers/8");
        client.get("/api/shop/v2/customers/9?nonsense=1");
        entities.failure = new IllegalStateException("broken on purpose");
        client.get("/api/shop/v2/customers");

        awaitCount("list", "failed", failed + 1);
        awaitCount("get", "answered", answered + 1);
        awaitCount("get", "refused", refused + 2);
    }

    @Test
    void hasABucketThatEndsWhereThePromiseDoes() {
        double refused = count("get", "refused");
        client.get("/api/shop/v2/customers/7");
        awaitCount("get", "refused", refused + 1);

        Timer time = registry.get("vitrine.http.response.time")
                .tags("product", "shop", "version", "v2", "entity", "customers", "operation", "get")
                .timer();
        assertThat(Arrays.stream(time.takeSnapshot().histogramCounts())
                        .map(bucket -> Duration.ofNanos((long) bucket.bucket(TimeUnit.NANOSECONDS))))
                .contains(Duration.ofMillis(50))
                .hasSizeLessThan(10);
        assertThat(Arrays.stream(time.takeSnapshot().histogramCounts()).mapToDouble(CountAtBucket::count))
                .isSorted();
    }

    @Test
    void callersAddNoLabels() {
        client.get("/api/shop/v2/customers/7");
        int meters = registry.getMeters().size();

        for (String address : List.of("nothing/v1/customers", "shop/v99/customers", "shop/v2/strangers", "shop")) {
            client.get("/api/" + address + "/1");
            client.get("/api/" + address);
        }

        assertThat(registry.find("vitrine.http.requests").counters())
                .allSatisfy(
                        counter -> assertThat(counter.getId().getTag("product")).isNotEqualTo("nothing"))
                .noneMatch(counter -> "v99".equals(counter.getId().getTag("version")))
                .noneMatch(counter -> "strangers".equals(counter.getId().getTag("entity")));
        assertThat(registry.getMeters().size() - meters)
                .as("but for those of Spring itself")
                .isLessThan(10);
    }

    /// What was asked is counted when its answer is away, so the caller may have it sooner.
    private void awaitCount(String operation, String outcome, double expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (count(operation, outcome) < expected && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(count(operation, outcome)).as("%s %s", operation, outcome).isEqualTo(expected);
    }

    private double count(String operation, String outcome) {
        Counter counter = registry.find("vitrine.http.requests")
                .tags("product", "shop", "version", "v2", "entity", "customers")
                .tags("operation", operation, "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
