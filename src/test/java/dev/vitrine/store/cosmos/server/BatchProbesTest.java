package dev.vitrine.store.cosmos.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.cosmos.CosmosAsyncContainer;
import com.azure.cosmos.models.CosmosBatch;
import com.azure.cosmos.models.CosmosBatchItemRequestOptions;
import com.azure.cosmos.models.CosmosBatchOperationResult;
import com.azure.cosmos.models.CosmosBatchResponse;
import com.azure.cosmos.models.CosmosBulkItemRequestOptions;
import com.azure.cosmos.models.CosmosBulkItemResponse;
import com.azure.cosmos.models.CosmosBulkOperationResponse;
import com.azure.cosmos.models.CosmosBulkOperations;
import com.azure.cosmos.models.CosmosChangeFeedRequestOptions;
import com.azure.cosmos.models.CosmosItemOperation;
import com.azure.cosmos.models.FeedRange;
import com.azure.cosmos.models.FeedResponse;
import com.azure.cosmos.models.PartitionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/// Many documents at once: batches, bulk, the change feed.
class BatchProbesTest extends Probes {

    private CosmosAsyncContainer items;

    @BeforeEach
    void create() {
        items = container("items");
    }

    @Test
    void doesAllOfABatchOrNothing() {
        items.createItem(item("1", "a", "old")).block();
        CosmosBatch batch = CosmosBatch.createCosmosBatch(new PartitionKey("a"));
        batch.upsertItemOperation(item("1", "a", "new"));
        batch.createItemOperation(item("2", "a", "new"));
        assertThat(present(items.executeCosmosBatch(batch).block()).isSuccessStatusCode())
                .isTrue();

        CosmosBatch failing = CosmosBatch.createCosmosBatch(new PartitionKey("a"));
        failing.deleteItemOperation("2");
        failing.replaceItemOperation("1", item("1", "a", "newest"));
        failing.createItemOperation(item("3", "a", "new"));
        failing.replaceItemOperation(
                "1", item("1", "a", "x"), new CosmosBatchItemRequestOptions().setIfMatchETag("\"none\""));
        CosmosBatchResponse failed = present(items.executeCosmosBatch(failing).block());
        assertThat(failed.getStatusCode()).isEqualTo(412);
        assertThat(failed.getResults().stream().map(CosmosBatchOperationResult::getStatusCode))
                .containsExactly(424, 424, 424, 412);
        assertThat(values()).containsExactlyInAnyOrderEntriesOf(Map.of("1", "new", "2", "new"));
    }

    @Test
    void refusesTooManyOperations() {
        CosmosBatch batch = CosmosBatch.createCosmosBatch(new PartitionKey("a"));
        IntStream.range(0, 101).forEach(i -> batch.createItemOperation(item("i" + i, "a", i)));
        assertThat(present(items.executeCosmosBatch(batch)
                        .onErrorResume(com.azure.cosmos.CosmosException.class, e -> reactor.core.publisher.Mono.empty())
                        .hasElement()
                        .block()))
                .isFalse();
        assertThat(values()).isEmpty();
    }

    @Test
    void writesInBulkOverAllRanges() {
        List<CosmosBulkOperationResponse<Object>> created = bulk(IntStream.range(0, 500)
                .mapToObj(i -> CosmosBulkOperations.getCreateItemOperation(
                        item("i" + i, "p" + i, "v"), new PartitionKey("p" + i)))
                .toList());
        assertThat(created).hasSize(500).allSatisfy(response -> {
            CosmosBulkItemResponse item = present(response.getResponse());
            assertThat(item.getStatusCode()).isEqualTo(201);
            assertThat(item.getETag()).isNotEmpty();
            assertThat(item.getSessionToken()).contains(":-1#");
        });
        assertThat(server.requests(Operation.BULK)).isLessThan(60);
        assertThat(values()).hasSize(500);
    }

    @Test
    void answersEachBulkOperationByItself() {
        String etag = present(items.createItem(item("1", "a", "old")).block()).getETag();
        items.createItem(item("2", "b", "old")).block();
        PartitionKey a = new PartitionKey("a");
        PartitionKey b = new PartitionKey("b");
        Map<String, Integer> statuses = bulk(List.of(
                        CosmosBulkOperations.getReplaceItemOperation(
                                "1", item("1", "a", "new"), a, new CosmosBulkItemRequestOptions().setIfMatchETag(etag)),
                        CosmosBulkOperations.getReplaceItemOperation(
                                "2", item("2", "b", "new"), b, new CosmosBulkItemRequestOptions().setIfMatchETag(etag)),
                        CosmosBulkOperations.getDeleteItemOperation("3", a),
                        CosmosBulkOperations.getUpsertItemOperation(item("4", "b", "new"), b)))
                .stream()
                .collect(Collectors.toMap(
                        response -> present(
                                response.getOperation().getId() != null
                                        ? response.getOperation().getId()
                                        : "4"),
                        response -> present(response.getResponse()).getStatusCode()));
        assertThat(statuses).containsExactlyInAnyOrderEntriesOf(Map.of("1", 200, "2", 412, "3", 404, "4", 201));
        assertThat(values()).containsExactlyInAnyOrderEntriesOf(Map.of("1", "new", "2", "old", "4", "new"));
    }

    @Test
    void triesThrottledBulkOperationsAgain() {
        Fault throttled = server.faults()
                .add(Fault.throttled(Duration.ofMillis(5)).on(Operation.CREATE).chance(0.3));
        List<CosmosBulkOperationResponse<Object>> created = bulk(IntStream.range(0, 200)
                .mapToObj(i -> CosmosBulkOperations.getCreateItemOperation(
                        item("i" + i, "p" + i, "v"), new PartitionKey("p" + i)))
                .toList());
        assertThat(created)
                .allSatisfy(
                        response -> assertThat(present(response.getResponse()).getStatusCode())
                                .isEqualTo(201));
        assertThat(throttled.hits()).isPositive();
        assertThat(values()).hasSize(200);
    }

    private List<CosmosBulkOperationResponse<Object>> bulk(List<CosmosItemOperation> operations) {
        return present(items.executeBulkOperations(Flux.fromIterable(operations))
                .collectList()
                .block());
    }

    @Test
    void tellsTheLatestVersionOfWhatChanged() {
        for (int i = 0; i < 50; i++) {
            items.createItem(item("i" + i, "p" + i, "old")).block();
        }
        List<String> first = new ArrayList<>();
        String mark = changes(
                CosmosChangeFeedRequestOptions.createForProcessingFromBeginning(FeedRange.forFullRange()), first);
        assertThat(first).hasSize(50);
        items.upsertItem(item("i1", "p1", "new")).block();
        items.upsertItem(item("i1", "p1", "newer")).block();
        items.upsertItem(item("i2", "p2", "new")).block();
        items.deleteItem("i3", new PartitionKey("p3")).block();
        List<String> second = new ArrayList<>();
        changes(CosmosChangeFeedRequestOptions.createForProcessingFromContinuation(mark), second);
        assertThat(second).containsExactlyInAnyOrder("i1=newer", "i2=new");
    }

    private String changes(CosmosChangeFeedRequestOptions options, List<String> found) {
        String mark = "";
        for (FeedResponse<?> page : present(
                items.queryChangeFeed(options, Map.class).byPage().collectList().block())) {
            page.getResults().forEach(item -> {
                Map<?, ?> members = (Map<?, ?>) present(item);
                found.add(members.get("id") + "=" + members.get("value"));
            });
            mark = page.getContinuationToken();
        }
        return mark;
    }

    private Map<String, Object> values() {
        return present(items.queryItems("SELECT * FROM c", Map.class)
                        .collectList()
                        .block())
                .stream()
                .collect(Collectors.toMap(item -> String.valueOf(item.get("id")), item -> present(item.get("value"))));
    }
}
