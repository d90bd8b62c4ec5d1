package dev.vitrine.store.cosmos;

import com.azure.cosmos.CosmosAsyncContainer;
import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosItemIdentity;
import com.azure.cosmos.models.CosmosItemRequestOptions;
import com.azure.cosmos.models.CosmosItemResponse;
import com.azure.cosmos.models.CosmosQueryRequestOptions;
import com.azure.cosmos.models.CosmosReadManyRequestOptions;
import com.azure.cosmos.models.FeedResponse;
import com.azure.cosmos.models.PartitionKey;
import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Reads of one generation's container, each at least as new as a session. Threads may share it.
///
/// @param items how its items are written for this table
record Container(CosmosAsyncContainer container, Items items, Calls calls) {

    private static final int MANY = 100;
    private static final int NO_OWNER = 1003;

    /// The container is not there any more: another generation is served by now.
    static final class Gone extends RuntimeException {
        Gone(CosmosException cause) {
            super(cause.getShortMessage(), cause);
        }
    }

    /// The item that says what is under a key; null: there is none.
    @Nullable
    ObjectNode get(String id, SessionTokens session) {
        CosmosItemRequestOptions options = new CosmosItemRequestOptions();
        if (!session.byRange().isEmpty()) {
            options.setSessionToken(session.toString());
        }
        try {
            return calls.askReading(
                            "get",
                            () -> container.readItem(id, place(id), options, ObjectNode.class),
                            CosmosItemResponse::getRequestCharge)
                    .getItem();
        } catch (CosmosException e) {
            if (e.getStatusCode() == Calls.NOT_FOUND && !isGone(e)) {
                return null;
            }
            throw failure("read an entity", e);
        }
    }

    /// The items that say what is under keys, for a reader; those that are not there are left out.
    List<ObjectNode> getAll(Collection<String> ids, SessionTokens session) {
        return many(identities(ids), session, calls::askReading);
    }

    /// Where everything about a key is.
    PartitionKey place(String id) {
        return items.placement().place(id);
    }

    private List<CosmosItemIdentity> identities(Collection<String> ids) {
        return ids.stream().map(id -> new CosmosItemIdentity(place(id), id)).toList();
    }

    private interface Asking {
        FeedResponse<ObjectNode> ask(
                String operation,
                Supplier<Mono<FeedResponse<ObjectNode>>> call,
                ToDoubleFunction<FeedResponse<ObjectNode>> charge);
    }

    /// What is known under keys; those of which nothing is stored are left out.
    Map<String, Stored> read(List<String> ids, SessionTokens session) {
        List<ObjectNode> found = many(identities(ids), session, calls::askAgain);
        List<CosmosItemIdentity> letters = new ArrayList<>();
        for (ObjectNode item : found) {
            PartitionKey place = place(item.path("id").textValue());
            Items.letterIds(item).forEach(letter -> letters.add(new CosmosItemIdentity(place, letter)));
        }
        Map<String, List<ObjectNode>> lettersOf = many(letters, session, calls::askAgain).stream()
                .collect(Collectors.groupingBy(letter -> letter.path("p").textValue()));
        return found.stream()
                .collect(Collectors.toMap(
                        item -> item.path("id").textValue(),
                        item -> items.stored(
                                item, lettersOf.getOrDefault(item.path("id").textValue(), List.of()))));
    }

    private List<ObjectNode> many(List<CosmosItemIdentity> wanted, SessionTokens session, Asking asking) {
        List<ObjectNode> found = new ArrayList<>();
        CosmosReadManyRequestOptions options = new CosmosReadManyRequestOptions();
        if (!session.byRange().isEmpty()) {
            options.setSessionToken(session.toString());
        }
        try {
            for (int from = 0; from < wanted.size(); from += MANY) {
                List<CosmosItemIdentity> some = wanted.subList(from, Math.min(from + MANY, wanted.size()));
                found.addAll(asking.ask(
                                "read many",
                                () -> container.readMany(some, options, ObjectNode.class),
                                FeedResponse::getRequestCharge)
                        .getResults());
            }
            return found;
        } catch (CosmosException e) {
            throw failure("read entities", e);
        }
    }

    /// Everything that a query finds.
    List<ObjectNode> query(String operation, SqlQuerySpec query, SessionTokens session) {
        return query(operation, query, session, ObjectNode.class);
    }

    long count(String operation, SqlQuerySpec query, SessionTokens session) {
        return query(operation, query, session, JsonNode.class).stream()
                .mapToLong(JsonNode::longValue)
                .sum();
    }

    <T> List<T> query(String operation, SqlQuerySpec query, SessionTokens session, Class<T> type) {
        try {
            List<T> found = new ArrayList<>();
            calls.askAgain(
                            operation,
                            () -> container
                                    .queryItems(query, options(session), type)
                                    .byPage()
                                    .collectList(),
                            pages -> pages.stream()
                                    .mapToDouble(FeedResponse::getRequestCharge)
                                    .sum())
                    .forEach(page -> found.addAll(page.getResults()));
            return found;
        } catch (CosmosException e) {
            throw failure(operation, e);
        }
    }

    static CosmosQueryRequestOptions options(SessionTokens session) {
        CosmosQueryRequestOptions options = new CosmosQueryRequestOptions();
        if (!session.byRange().isEmpty()) {
            options.setSessionToken(session.toString());
        }
        return options;
    }

    private static boolean isGone(CosmosException e) {
        return e.getStatusCode() == Calls.NOT_FOUND && e.getSubStatusCode() == NO_OWNER;
    }

    /// @return for throwing
    RuntimeException failure(String operation, CosmosException e) {
        return isGone(e) ? new Gone(e) : calls.failure(operation, e);
    }

    String name() {
        return container.getId();
    }
}
