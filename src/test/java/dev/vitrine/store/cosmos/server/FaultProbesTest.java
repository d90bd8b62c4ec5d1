package dev.vitrine.store.cosmos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.cosmos.CosmosAsyncContainer;
import com.azure.cosmos.CosmosEndToEndOperationLatencyPolicyConfigBuilder;
import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosItemRequestOptions;
import com.azure.cosmos.models.PartitionKey;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/// What the SDK makes of each fault: the store has to live with it.
class FaultProbesTest extends Probes {

    private static final PartitionKey KEY = new PartitionKey("a");

    private CosmosAsyncContainer items;

    @BeforeEach
    void create() {
        items = container("items");
        items.createItem(item("1", "a", 1)).block();
    }

    @Test
    void waitsAndTriesAgainWhenThrottled() {
        Fault throttled = server.faults()
                .add(Fault.throttled(Duration.ofMillis(30))
                        .on(Operation.READ, Operation.REPLACE)
                        .times(3));
        long start = System.nanoTime();
        read().block();
        items.replaceItem(item("1", "a", 2), "1", KEY).block();
        assertThat(throttled.hits()).isEqualTo(3);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(90));
    }

    @Test
    void givesUpWhenThrottledForLong() {
        server.faults().add(Fault.throttled(Duration.ofMillis(1)).on(Operation.READ));
        CosmosException throttled = refused(read());
        assertThat(throttled.getStatusCode()).isEqualTo(429);
        assertThat(throttled.getRetryAfterDuration()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void triesAgainWhenTheServerAsksToRetry() {
        Fault retry =
                server.faults().add(Fault.status(449, 0).on(Operation.REPLACE).times(2));
        items.replaceItem(item("1", "a", 2), "1", KEY).block();
        assertThat(retry.hits()).isEqualTo(2);
    }

    @Test
    void readsAgainButDoesNotWriteAgainWhenTheServerIsUnavailable() {
        Fault unavailable =
                server.faults().add(Fault.status(503, 0).on(Operation.REPLACE).times(1));
        CosmosException refused = refused(items.replaceItem(item("1", "a", 2), "1", KEY));
        assertThat(refused.getStatusCode()).isEqualTo(503);
        assertThat(unavailable.hits()).isEqualTo(1);
    }

    @Test
    void looksForAPartitionKeyRangeThatIsGone() {
        Fault gone =
                server.faults().add(Fault.status(410, 1002).on(Operation.QUERY).times(1));
        assertThat(items.queryItems("SELECT * FROM c", Map.class).collectList().block())
                .hasSize(1);
        assertThat(gone.hits()).isEqualTo(1);
    }

    @Test
    void tellsOfACutConnection() {
        server.faults().add(Fault.cut().on(Operation.CREATE).times(1));
        assertThat(refused(items.createItem(item("2", "a", 1))).getStatusCode()).isEqualTo(503);
        items.createItem(item("2", "a", 1)).block();
    }

    @Test
    void doesNotKnowWhetherAWriteWasMadeWhoseAnswerIsLost() {
        server.faults().add(Fault.answerLost().on(Operation.CREATE).times(1));
        assertThat(refused(items.createItem(item("2", "a", 1))).getStatusCode()).isEqualTo(503);
        assertThat(refused(items.createItem(item("2", "a", 1))).getStatusCode()).isEqualTo(409);
    }

    @Test
    void readsAgainOverACutConnection() {
        Fault cut = server.faults().add(Fault.cut().on(Operation.READ).times(1));
        read().block();
        assertThat(cut.hits()).isEqualTo(1);
    }

    @Test
    void stopsWaitingInTime() {
        server.faults().add(Fault.slow(Duration.ofSeconds(20)).on(Operation.READ));
        CosmosItemRequestOptions brief = new CosmosItemRequestOptions()
                .setCosmosEndToEndOperationLatencyPolicyConfig(
                        new CosmosEndToEndOperationLatencyPolicyConfigBuilder(Duration.ofMillis(200)).build());
        long start = System.nanoTime();
        CosmosException late = refused(items.readItem("1", KEY, brief, Map.class));
        assertThat(late.getStatusCode()).isEqualTo(408);
        assertThat(late.getSubStatusCode()).isEqualTo(20008);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private Mono<?> read() {
        return items.readItem("1", KEY, Map.class);
    }

    private static CosmosException refused(Mono<?> operation) {
        return catchThrowableOfType(CosmosException.class, operation::block);
    }
}
