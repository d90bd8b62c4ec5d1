package dev.vitrine.store.cosmos;

import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosChangeFeedRequestOptions;
import com.azure.cosmos.models.FeedRange;
import com.azure.cosmos.models.FeedResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.cache.At;
import dev.vitrine.store.cache.SharedCache.Listener;
import dev.vitrine.store.cache.SharedCache.Mark;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The change feed of one generation. What a commit writes is in the feed before the checkpoint moves: so whoever looks
/// at the checkpoint first, and then reads the feed to its end, has heard of everything up to there. One thread.
final class FollowedFeed {

    private final String space;
    private final CosmosTable table;
    private final Set<String> beforeTheirCommit = new LinkedHashSet<>();
    private @Nullable Container container;
    private @Nullable String continuation;
    private @Nullable Mark mark;

    FollowedFeed(String space, CosmosTable table) {
        this.space = space;
        this.table = table;
    }

    void look(Listener to) {
        Mark known = mark;
        if (known == null) {
            begin(to);
            return;
        }
        Generation served = table.served();
        if (served == null || container == null || !served.container().equals(container.name())) {
            return;
        }
        At at = at(served.checkpoint());
        beforeTheirCommit.addAll(changes());
        if (at.equals(known.at())) {
            if (!beforeTheirCommit.isEmpty()) {
                to.moved(space, known, known, List.copyOf(beforeTheirCommit));
            }
        } else {
            Mark next = new Mark(known.turn(), at);
            to.moved(space, known, next, List.copyOf(beforeTheirCommit));
            mark = next;
            beforeTheirCommit.clear();
        }
    }

    /// From a place in the feed that is not after the checkpoint that it is said to be at.
    private void begin(Listener to) {
        Generation served = table.served();
        if (served == null) {
            return;
        }
        container = table.container(served);
        continuation = null;
        changes();
        Generation now = table.served();
        if (now != null && now.container().equals(served.container())) {
            Mark first = new Mark(System.currentTimeMillis(), at(now.checkpoint()));
            mark = first;
            to.seen(space, first);
        }
    }

    private static At at(Checkpoint checkpoint) {
        return new At(checkpoint.revision().epoch(), checkpoint.revision().version());
    }

    /// Ids of the keys that were written since.
    private Set<String> changes() {
        Container from = container;
        if (from == null) {
            return Set.of();
        }
        String after = continuation;
        CosmosChangeFeedRequestOptions options = after == null
                ? CosmosChangeFeedRequestOptions.createForProcessingFromNow(FeedRange.forFullRange())
                : CosmosChangeFeedRequestOptions.createForProcessingFromContinuation(after);
        Set<String> ids = new LinkedHashSet<>();
        try {
            List<FeedResponse<ObjectNode>> pages = from.calls()
                    .askReading(
                            "change feed",
                            () -> from.container()
                                    .queryChangeFeed(options, ObjectNode.class)
                                    .byPage()
                                    .collectList(),
                            all -> all.stream()
                                    .mapToDouble(FeedResponse::getRequestCharge)
                                    .sum());
            for (FeedResponse<ObjectNode> page : pages) {
                page.getResults()
                        .forEach(item -> ids.add(Ids.plain(item.path("p").textValue())));
                continuation = page.getContinuationToken();
            }
            return ids;
        } catch (CosmosException e) {
            throw from.failure("read the change feed", e);
        }
    }
}
