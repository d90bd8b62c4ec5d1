package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A GraphQL request counts for each entity that it reads, by what became of that.
@GraphQlTest
class GraphQlMetersTest {

    private final MeterRegistry registry;
    private final int port;
    private final Client reader;

    GraphQlMetersTest(@Autowired MeterRegistry registry, @LocalServerPort int port) {
        this.registry = registry;
        this.port = port;
        this.reader = Client.with(port, "shop:read");
    }

    @Test
    void aReadOfOneKeyIsASingleReadAndMoreIsNot() {
        double got = count("customers", "get", "answered");
        double customers = count("customers", "graphql", "answered");
        double orders = count("orders", "graphql", "answered");

        reader.ask("{ customer(customerId: 3) { name } }").data();
        reader.ask("{ customer(customerId: 3) { name orders(first: 1) { totalCount } } }")
                .data();

        awaitCount("customers", "get", "answered", got + 1);
        awaitCount("customers", "graphql", "answered", customers + 1);
        awaitCount("orders", "graphql", "answered", orders + 1);
    }

    @Test
    void whatIsTheServicesFaultIsBadForItsEntityAlone() {
        double ghosts = count("ghosts", "graphql", "failed");
        double days = count("date", "graphql", "answered");

        assertThat(reader.ask("{ ghosts { totalCount } date { totalCount } }").errors())
                .containsExactly("ghosts unavailable");

        awaitCount("ghosts", "graphql", "failed", ghosts + 1);
        awaitCount("date", "graphql", "answered", days + 1);
    }

    @Test
    void whatTheCallerMayNotOrAsksWrongCountsForNobody() {
        double refused = count("customers", "graphql", "refused");
        double answered = count("customers", "graphql", "answered");
        double failed = count("customers", "graphql", "failed");

        Client.with(port, "shop:orders").ask("{ customers { totalCount } }");
        reader.ask("{ customers(after: \"nonsense\") { totalCount } }");

        awaitCount("customers", "graphql", "refused", refused + 2);
        assertThat(count("customers", "graphql", "answered")).isEqualTo(answered);
        assertThat(count("customers", "graphql", "failed")).isEqualTo(failed);
    }

    /// What was asked is counted when its answer is away, so the caller may have it sooner.
    private void awaitCount(String entity, String operation, String outcome, double expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (count(entity, operation, outcome) < expected && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(count(entity, operation, outcome))
                .as("%s %s %s", entity, operation, outcome)
                .isEqualTo(expected);
    }

    private double count(String entity, String operation, String outcome) {
        Counter counter = registry.find("vitrine.http.requests")
                .tags("product", "shop", "version", "v1", "entity", entity)
                .tags("operation", operation, "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
