package dev.vitrine.store.cosmos;

import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosBatch;
import com.azure.cosmos.models.CosmosBatchItemRequestOptions;
import com.azure.cosmos.models.CosmosBatchResponse;
import com.azure.cosmos.models.CosmosBulkItemRequestOptions;
import com.azure.cosmos.models.CosmosBulkItemResponse;
import com.azure.cosmos.models.CosmosBulkOperationResponse;
import com.azure.cosmos.models.CosmosBulkOperations;
import com.azure.cosmos.models.CosmosItemOperation;
import com.azure.cosmos.models.CosmosItemRequestOptions;
import com.azure.cosmos.models.CosmosItemResponse;
import com.azure.cosmos.models.PartitionKey;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Writes the states of many keys, each on the condition that its item is still as it was read: creates what was not
/// there, replaces what was by its ETag, and changes a key's letters in the same transaction.
///
/// @param tombstone how long what was deleted stays known
record Writes(Container target, Duration tombstone) {

    /// Fewer are not worth waiting until a bulk request is full.
    private static final int FEW = 20;

    private static final int AT_ONCE = 8;
    private static final int BATCH_OPERATIONS = 100;
    private static final int BATCH_BYTES = 1_500_000;
    private static final int LOST = 0;

    /// What came of one key.
    ///
    /// @param status of the service; 0: there was no answer, it may be written or not
    /// @param session null: none was told
    record Result(
            Pending pending,
            int status,
            int substatus,
            @Nullable String session,
            double charge,
            String message) {

        boolean isDone() {
            return status >= 200 && status < 300;
        }

        /// Whether what is there now decides what to do.
        boolean isUncertain() {
            return status == LOST
                    || status == Calls.CONFLICT
                    || status == Calls.PRECONDITION_FAILED
                    || status == Calls.NOT_FOUND
                    || Calls.passes(status);
        }
    }

    List<Result> write(List<Pending> states) {
        List<Pending> single = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (Pending state : states) {
            if (state.hasLetters()) {
                results.add(withLetters(state));
            } else {
                single.add(state);
            }
        }
        results.addAll(single.size() <= FEW ? oneByOne(single) : inBulk(single));
        results.forEach(result -> target.calls().charges().add(target.calls().entity(), "write", result.charge()));
        return results;
    }

    private ObjectNode item(Pending state) {
        return target.items()
                .slot(state.id(), state.after(), state.version(), state.liveBefore(), tombstone, state.segment());
    }

    private List<Result> oneByOne(List<Pending> states) {
        return Objects.requireNonNull(Flux.fromIterable(states)
                .flatMap(this::one, AT_ONCE)
                .collectList()
                .block());
    }

    private Mono<Result> one(Pending state) {
        PartitionKey place = target.place(state.id());
        CosmosItemRequestOptions options = new CosmosItemRequestOptions();
        String etag = state.before().etag();
        Mono<CosmosItemResponse<ObjectNode>> write = etag == null
                ? target.container().createItem(item(state), place, options)
                : target.container().replaceItem(item(state), state.id(), place, options.setIfMatchETag(etag));
        return write.map(answer -> new Result(
                        state, answer.getStatusCode(), 0, answer.getSessionToken(), answer.getRequestCharge(), ""))
                .onErrorResume(CosmosException.class, e -> Mono.just(refused(state, e)));
    }

    private static Result refused(Pending state, CosmosException e) {
        return new Result(
                state, e.getStatusCode(), e.getSubStatusCode(), null, e.getRequestCharge(), e.getShortMessage());
    }

    private List<Result> inBulk(List<Pending> states) {
        return Objects.requireNonNull(target.container()
                .<Pending>executeBulkOperations(Flux.fromIterable(states).map(this::operation))
                .map(Writes::result)
                .collectList()
                .block());
    }

    private CosmosItemOperation operation(Pending state) {
        PartitionKey place = target.place(state.id());
        CosmosBulkItemRequestOptions options =
                new CosmosBulkItemRequestOptions().setContentResponseOnWriteEnabled(false);
        String etag = state.before().etag();
        return etag == null
                ? CosmosBulkOperations.getCreateItemOperation(item(state), place, options, state)
                : CosmosBulkOperations.getReplaceItemOperation(
                        state.id(), item(state), place, options.setIfMatchETag(etag), state);
    }

    private static Result result(CosmosBulkOperationResponse<?> answer) {
        Pending state = answer.getOperation().getContext();
        CosmosBulkItemResponse item = answer.getResponse();
        if (item != null) {
            return new Result(
                    state,
                    item.getStatusCode(),
                    item.getSubStatusCode(),
                    item.getSessionToken(),
                    item.getRequestCharge(),
                    "");
        }
        Exception failed = answer.getException();
        return failed instanceof CosmosException refused
                ? refused(state, refused)
                : new Result(state, LOST, 0, null, 0, String.valueOf(failed));
    }

    /// In one transaction, unless there are more letters than fit one: then new letters come first and old ones go
    /// last, so
    /// that a kill leaves nothing but letters that are written again.
    private Result withLetters(Pending state) {
        PartitionKey place = target.place(state.id());
        List<Copy> letters = new ArrayList<>(state.lettersToWrite());
        List<String> gone = new ArrayList<>(state.lettersToDelete());
        double charge = 0;
        while (letters.size() + gone.size() >= BATCH_OPERATIONS || bytes(letters) > BATCH_BYTES) {
            CosmosBatch part = CosmosBatch.createCosmosBatch(place);
            int bytes = 0;
            while (!letters.isEmpty()
                    && part.getOperations().size() < BATCH_OPERATIONS
                    && (bytes == 0 || bytes + letters.getFirst().row().length < BATCH_BYTES)) {
                Copy letter = letters.removeFirst();
                bytes += letter.row().length;
                part.upsertItemOperation(target.items().letterItem(state.id(), letter, state.hasKey()));
            }
            if (part.getOperations().isEmpty()) {
                break;
            }
            Result result = execute(state, part);
            charge += result.charge();
            if (!result.isDone()) {
                return result;
            }
        }
        return finish(state, letters, gone, charge);
    }

    private static int bytes(List<Copy> letters) {
        return letters.stream().mapToInt(letter -> letter.row().length).sum();
    }

    private Result finish(Pending state, List<Copy> letters, List<String> gone, double chargeBefore) {
        PartitionKey place = target.place(state.id());
        CosmosBatch batch = CosmosBatch.createCosmosBatch(place);
        String etag = state.before().etag();
        if (etag == null) {
            batch.createItemOperation(item(state));
        } else {
            batch.replaceItemOperation(
                    state.id(), item(state), new CosmosBatchItemRequestOptions().setIfMatchETag(etag));
        }
        letters.forEach(
                letter -> batch.upsertItemOperation(target.items().letterItem(state.id(), letter, state.hasKey())));
        while (!gone.isEmpty() && batch.getOperations().size() < BATCH_OPERATIONS) {
            batch.deleteItemOperation(gone.removeFirst());
        }
        Result result = execute(state, batch);
        double charge = chargeBefore + result.charge();
        while (result.isDone() && !gone.isEmpty()) {
            CosmosBatch more = CosmosBatch.createCosmosBatch(place);
            while (!gone.isEmpty() && more.getOperations().size() < BATCH_OPERATIONS) {
                more.deleteItemOperation(gone.removeFirst());
            }
            Result deleted = execute(state, more);
            charge += deleted.charge();
            if (!deleted.isDone()) {
                break;
            }
        }
        return new Result(state, result.status(), result.substatus(), result.session(), charge, result.message());
    }

    private Result execute(Pending state, CosmosBatch batch) {
        try {
            CosmosBatchResponse answer = Objects.requireNonNull(
                    target.container().executeCosmosBatch(batch).block());
            return new Result(
                    state,
                    answer.getStatusCode(),
                    answer.getSubStatusCode(),
                    answer.getSessionToken(),
                    answer.getRequestCharge(),
                    String.valueOf(answer.getErrorMessage()));
        } catch (CosmosException e) {
            return refused(state, e);
        }
    }
}
