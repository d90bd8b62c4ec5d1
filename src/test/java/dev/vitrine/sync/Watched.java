package dev.vitrine.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Remembers what a worker told the store.
final class Watched implements Interposed.Watcher {

    private static final ReadBudget NONE = new ReadBudget(Long.MAX_VALUE / 8, Duration.ofMinutes(5));

    private final List<SyncStatus> reports = new CopyOnWriteArrayList<>();
    private final List<Long> published = new CopyOnWriteArrayList<>();

    @Override
    public void after(String call, @Nullable Object[] arguments, @Nullable Object result) {
        if (call.equals("TableWriter.report") && arguments[0] instanceof SyncStatus status) {
            reports.add(status);
        }
        if (call.equals("ChangeWriter.publish") && arguments[0] instanceof Revision revision) {
            published.add(revision.version());
        }
    }

    /// Every status that was reported, oldest first.
    List<SyncStatus> reports() {
        return List.copyOf(reports);
    }

    /// Every version that was published as an increment, oldest first.
    List<Long> published() {
        return List.copyOf(published);
    }

    /// Every entity's document as text.
    static Map<EntityKey, String> documents(StoredTable stored) {
        Map<EntityKey, String> documents = new HashMap<>();
        stored.page(new PageRequest(Filter.ALL, Order.BY_KEY, null, 1_000_000), NONE)
                .value()
                .items()
                .forEach(entity -> documents.put(entity.key(), new String(entity.document(), UTF_8)));
        return documents;
    }
}
