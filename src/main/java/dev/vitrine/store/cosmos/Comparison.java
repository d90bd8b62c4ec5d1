package dev.vitrine.store.cosmos;

import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.FeedResponse;
import com.azure.cosmos.models.SqlParameter;
import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/// A generation that is to take the place of the served one.
record Comparison(CosmosWriter writer, Container next, Generation generation) {

    private static final int PAGE = 1000;

    /// How many keys are live in the served one and neither live nor withheld in the next; 0 if their keys are of other
    /// columns. Both are read in the order of their ids, side by side.
    long removed() {
        Generation served = writer.control().required(writer.token()).served();
        if (served == null
                || !keyLine(served.at().layout()).equals(keyLine(generation.at().layout()))) {
            return 0;
        }
        Container old = writer.containers()
                .open(served.container(), next.items(), writer.gold().address());
        Iterator<String> before = ids(old, "c.t = 'e'", served.at().session());
        Iterator<String> after = ids(next, "c.t IN ('e', 'w')", generation.at().session());
        long removed = 0;
        String there = nextOf(after);
        while (before.hasNext()) {
            String id = before.next();
            while (there != null && there.compareTo(id) < 0) {
                there = nextOf(after);
            }
            removed += id.equals(there) ? 0 : 1;
        }
        return removed;
    }

    private static String keyLine(List<String> layout) {
        return layout.stream()
                .filter(line -> line.startsWith("key "))
                .findFirst()
                .orElse("");
    }

    private static @Nullable String nextOf(Iterator<String> ids) {
        return ids.hasNext() ? ids.next() : null;
    }

    /// Goes on after the last one that was read, where the service was busy meanwhile.
    private static Iterator<String> ids(Container container, String condition, SessionTokens session) {
        Calls calls = container.calls();
        AtomicReference<String> last = new AtomicReference<>("");
        return Flux.defer(() -> container
                        .container()
                        .queryItems(after(last.get(), condition), Container.options(session), JsonNode.class)
                        .byPage(PAGE))
                .doOnNext(page -> calls.charges().add(calls.entity(), "compare", page.getRequestCharge()))
                .flatMapIterable(FeedResponse::getResults)
                .map(JsonNode::textValue)
                .doOnNext(last::set)
                .retryWhen(calls.whilePatient())
                .onErrorMap(CosmosException.class, e -> container.failure("compare generations", e))
                .map(Ids::plain)
                .toIterable(PAGE)
                .iterator();
    }

    private static SqlQuerySpec after(String last, String condition) {
        return new SqlQuerySpec(
                "SELECT VALUE c.id FROM c WHERE " + condition + " AND c.id > @last ORDER BY c.id",
                new SqlParameter("@last", last));
    }
}
