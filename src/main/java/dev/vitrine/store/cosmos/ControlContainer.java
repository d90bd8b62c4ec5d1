package dev.vitrine.store.cosmos;

import com.azure.cosmos.CosmosAsyncContainer;
import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosBatch;
import com.azure.cosmos.models.CosmosBatchItemRequestOptions;
import com.azure.cosmos.models.CosmosBatchResponse;
import com.azure.cosmos.models.CosmosItemRequestOptions;
import com.azure.cosmos.models.CosmosItemResponse;
import com.azure.cosmos.models.CosmosPatchItemRequestOptions;
import com.azure.cosmos.models.CosmosPatchOperations;
import com.azure.cosmos.models.CosmosQueryRequestOptions;
import com.azure.cosmos.models.FeedResponse;
import com.azure.cosmos.models.PartitionKey;
import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import reactor.core.publisher.Mono;

/// The container beside the generations: one item says which generation of a table is served, others are leases, orders
/// and settings. Everything in it is small and changed on a condition. Threads may share it.
///
/// A change whose answer was lost is tried again, so it may find its own work: the answer is then that there was
/// something else, and who asked has to look.
record ControlContainer(CosmosAsyncContainer container, Calls calls) {

    /// An item and what a change of it is conditioned on.
    record Versioned(ObjectNode item, String etag) {}

    ControlContainer forEntity(String entity) {
        return new ControlContainer(container, calls.forEntity(entity));
    }

    Optional<Versioned> read(String id, String place) {
        return read(id, place, calls::askAgain);
    }

    /// The same for a reader who cannot wait.
    Optional<Versioned> readNow(String id, String place) {
        return read(id, place, calls::askReading);
    }

    private interface Asking {
        CosmosItemResponse<ObjectNode> ask(
                String operation,
                Supplier<Mono<CosmosItemResponse<ObjectNode>>> call,
                ToDoubleFunction<CosmosItemResponse<ObjectNode>> charge);
    }

    private Optional<Versioned> read(String id, String place, Asking asking) {
        try {
            CosmosItemResponse<ObjectNode> answer = asking.ask(
                    "read control",
                    () -> container.readItem(id, new PartitionKey(place), ObjectNode.class),
                    CosmosItemResponse::getRequestCharge);
            return Optional.of(new Versioned(Objects.requireNonNull(answer.getItem()), answer.getETag()));
        } catch (CosmosException e) {
            if (e.getStatusCode() == Calls.NOT_FOUND && e.getSubStatusCode() == 0) {
                return Optional.empty();
            }
            throw calls.failure("read " + id, e);
        }
    }

    /// False if there is one already.
    boolean create(ObjectNode item) {
        return written(
                () -> container.createItem(item, place(item), new CosmosItemRequestOptions()), Calls.CONFLICT, item);
    }

    /// False if it was changed or removed meanwhile.
    boolean replace(ObjectNode item, String etag) {
        CosmosItemRequestOptions unchanged = new CosmosItemRequestOptions().setIfMatchETag(etag);
        return written(
                () -> container.replaceItem(item, id(item), place(item), unchanged), Calls.PRECONDITION_FAILED, item);
    }

    void upsert(ObjectNode item) {
        written(() -> container.upsertItem(item, place(item), new CosmosItemRequestOptions()), Calls.CONFLICT, item);
    }

    private boolean written(
            Supplier<Mono<CosmosItemResponse<ObjectNode>>> write, int conditionFailed, ObjectNode item) {
        try {
            calls.askAgain("write control", write, CosmosItemResponse::getRequestCharge);
            return true;
        } catch (CosmosException e) {
            if (e.getStatusCode() == conditionFailed || e.getStatusCode() == Calls.NOT_FOUND) {
                return false;
            }
            throw calls.failure("write " + id(item), e);
        }
    }

    /// Changes parts of an item on a condition; empty if it does not hold or there is no item.
    ///
    /// @param changes that come to the same if they are made twice
    /// @param condition `FROM c WHERE …`
    Optional<Versioned> patch(String id, String place, CosmosPatchOperations changes, String condition) {
        CosmosPatchItemRequestOptions options = new CosmosPatchItemRequestOptions();
        options.setFilterPredicate(condition);
        options.setContentResponseOnWriteEnabled(true);
        try {
            CosmosItemResponse<ObjectNode> answer = calls.askAgain(
                    "write control",
                    () -> container.patchItem(id, new PartitionKey(place), changes, options, ObjectNode.class),
                    CosmosItemResponse::getRequestCharge);
            return Optional.of(new Versioned(Objects.requireNonNull(answer.getItem()), answer.getETag()));
        } catch (CosmosException e) {
            if (e.getStatusCode() == Calls.PRECONDITION_FAILED || e.getStatusCode() == Calls.NOT_FOUND) {
                return Optional.empty();
            }
            throw calls.failure("write " + id, e);
        }
    }

    /// Creates an item and replaces another one of the same place; false if one of them was there or changed.
    boolean createAndReplace(ObjectNode created, Versioned replaced) {
        CosmosBatch batch = CosmosBatch.createCosmosBatch(place(created));
        batch.createItemOperation(created);
        batch.replaceItemOperation(
                id(replaced.item()),
                replaced.item(),
                new CosmosBatchItemRequestOptions().setIfMatchETag(replaced.etag()));
        try {
            return calls.askAgain(
                            "write control",
                            () -> container.executeCosmosBatch(batch),
                            CosmosBatchResponse::getRequestCharge)
                    .isSuccessStatusCode();
        } catch (CosmosException e) {
            throw calls.failure("write " + id(created), e);
        }
    }

    void delete(String id, String place) {
        try {
            calls.askAgain(
                    "write control",
                    () -> container.deleteItem(id, new PartitionKey(place)),
                    CosmosItemResponse::getRequestCharge);
        } catch (CosmosException e) {
            if (e.getStatusCode() != Calls.NOT_FOUND) {
                throw calls.failure("delete " + id, e);
            }
        }
    }

    List<ObjectNode> query(SqlQuerySpec query, String place) {
        return query(query, in(place), place, calls::askAgain);
    }

    /// The same for a reader who cannot wait.
    List<ObjectNode> queryNow(SqlQuerySpec query, String place) {
        return query(query, in(place), place, calls::askReading);
    }

    /// In all places.
    List<ObjectNode> query(SqlQuerySpec query) {
        return query(query, new CosmosQueryRequestOptions(), "all items", calls::askAgain);
    }

    private static CosmosQueryRequestOptions in(String place) {
        return new CosmosQueryRequestOptions().setPartitionKey(new PartitionKey(place));
    }

    private interface AskingAll {
        List<FeedResponse<ObjectNode>> ask(
                String operation,
                Supplier<Mono<List<FeedResponse<ObjectNode>>>> call,
                ToDoubleFunction<List<FeedResponse<ObjectNode>>> charge);
    }

    private List<ObjectNode> query(
            SqlQuerySpec query, CosmosQueryRequestOptions options, String place, AskingAll asking) {
        try {
            List<FeedResponse<ObjectNode>> pages = asking.ask(
                    "read control",
                    () -> container
                            .queryItems(query, options, ObjectNode.class)
                            .byPage()
                            .collectList(),
                    all -> all.stream()
                            .mapToDouble(FeedResponse::getRequestCharge)
                            .sum());
            List<ObjectNode> found = new ArrayList<>();
            pages.forEach(page -> found.addAll(page.getResults()));
            return found;
        } catch (CosmosException e) {
            throw calls.failure("query " + place, e);
        }
    }

    private static String id(ObjectNode item) {
        return item.path("id").textValue();
    }

    private static PartitionKey place(ObjectNode item) {
        return new PartitionKey(item.path("p").textValue());
    }
}
