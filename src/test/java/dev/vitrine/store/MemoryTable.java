package dev.vitrine.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Page;
import dev.vitrine.entity.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// One table of a [MemoryStore]: everything is copied at a publish, so that readers see whole commits only.
///
/// Pages and counts are not its business.
public final class MemoryTable implements StoredTable {

    /// What a reader sees at once.
    private record Served(Checkpoint checkpoint, Map<EntityKey, Entity> entities) {
        Served {
            entities = Map.copyOf(entities);
        }
    }

    private final GoldTable table;
    private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
    private final List<SyncStatus> reports = new CopyOnWriteArrayList<>();
    private final List<Checkpoint> published = new CopyOnWriteArrayList<>();
    private volatile @Nullable Served served;

    private MemoryTable(GoldTable table) {
        this.table = table;
    }

    static MemoryTable of(GoldTable table, @Nullable MemoryTable before) {
        MemoryTable made = new MemoryTable(table);
        if (before != null) {
            made.served = before.served;
        }
        return made;
    }

    /// Every entity's document as text.
    public Map<EntityKey, String> documents() {
        Map<EntityKey, String> documents = new HashMap<>();
        served().entities().forEach((key, entity) -> documents.put(key, new String(entity.document(), UTF_8)));
        return documents;
    }

    /// Every status that was reported, oldest first.
    public List<SyncStatus> reports() {
        return List.copyOf(reports);
    }

    /// Every checkpoint that was ever served, oldest first.
    public List<Checkpoint> published() {
        return List.copyOf(published);
    }

    @Override
    public GoldTable table() {
        return table;
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return Optional.ofNullable(served).map(Served::checkpoint);
    }

    @Override
    public boolean coversLayout() {
        return checkpoint().filter(at -> at.layout().equals(layout())).isPresent();
    }

    @Override
    public Answer<Lookup> get(EntityKey key) {
        Answer<List<Lookup>> answer = getAll(List.of(key));
        return new Answer<>(answer.asOf(), answer.value().getFirst());
    }

    @Override
    public Answer<List<Lookup>> getAll(List<EntityKey> keys) {
        Served now = served();
        return new Answer<>(
                now.checkpoint(),
                keys.stream()
                        .map(key -> now.entities().get(key))
                        .<Lookup>map(entity -> entity == null ? new Lookup.Absent() : new Lookup.Found(entity))
                        .toList());
    }

    @Override
    public Answer<Page> page(PageRequest request, ReadBudget budget) {
        throw new UnsupportedOperationException("pages are read from a real store");
    }

    @Override
    public Answer<List<Page>> pages(List<PageRequest> requests, ReadBudget budget) {
        throw new UnsupportedOperationException("pages are read from a real store");
    }

    @Override
    public Answer<Long> count(Filter filter, ReadBudget budget) {
        throw new UnsupportedOperationException("counts are read from a real store");
    }

    @Override
    public Answer<List<Long>> counts(List<Filter> filters, ReadBudget budget) {
        throw new UnsupportedOperationException("counts are read from a real store");
    }

    @Override
    public ChangeWriter changes() {
        return new Changes(served());
    }

    @Override
    public GenerationWriter rebuild() {
        return new Generation();
    }

    @Override
    public SyncStatus status() {
        return reports.isEmpty() ? SyncStatus.unknown() : reports.getLast();
    }

    @Override
    public void report(SyncStatus status) {
        reports.add(status);
    }

    @Override
    public long deadLetterCount() {
        return deadLetters(Integer.MAX_VALUE).size();
    }

    @Override
    public List<DeadLetter> deadLetters(int limit) {
        return letters.reversed().stream().limit(limit).toList();
    }

    private Served served() {
        Served now = served;
        if (now == null) {
            throw new TableNotServed("nothing is loaded yet");
        }
        return now;
    }

    private String layout() {
        return table.columns() + " " + table.indexed();
    }

    private void serve(Checkpoint checkpoint, Map<EntityKey, Entity> entities) {
        served = new Served(checkpoint, entities);
        published.add(checkpoint);
    }

    private void keep(Unservable row, Revision revision) {
        letters.add(new DeadLetter(
                table.address(),
                revision.version(),
                row.key(),
                row.reason(),
                row.detail(),
                row.row(),
                Instant.EPOCH,
                Instant.EPOCH));
    }

    private final class Changes implements ChangeWriter {

        private final Checkpoint from;
        private final Map<EntityKey, Entity> entities;
        private final List<EntityChange> commit = new ArrayList<>();
        private @Nullable Revision begun;

        Changes(Served served) {
            this.from = served.checkpoint();
            this.entities = new HashMap<>(served.entities());
        }

        @Override
        public void begin(Revision revision) {
            begun = revision;
            commit.clear();
        }

        @Override
        public void apply(List<? extends EntityChange> changes) {
            commit.addAll(changes);
        }

        @Override
        public void end() {
            Revision revision = Objects.requireNonNull(begun, "no commit was begun");
            for (EntityChange change : commit) {
                if (change instanceof Deleted deleted) {
                    entities.remove(deleted.key());
                }
            }
            for (EntityChange change : commit) {
                switch (change) {
                    case Upserted row -> entities.put(row.key(), new Entity(row.key(), revision, row.document()));
                    case Unservable row -> keep(row, revision);
                    case Deleted row -> {}
                }
            }
        }

        @Override
        public void publish(Revision revision, String commitFile) {
            serve(new Checkpoint(from.tableId(), revision, from.generation(), commitFile, from.layout()), entities);
        }

        @Override
        public void close() {}
    }

    private final class Generation implements GenerationWriter {

        private final Map<EntityKey, Entity> entities = new HashMap<>();
        private long added;

        @Override
        public void add(Revision revision, List<? extends EntityChange> rows) {
            for (EntityChange row : rows) {
                added++;
                switch (row) {
                    case Upserted upserted ->
                        entities.put(upserted.key(), new Entity(upserted.key(), revision, upserted.document()));
                    case Unservable unservable -> keep(unservable, revision);
                    case Deleted deleted -> throw new IllegalArgumentException("a snapshot deletes nothing");
                }
            }
        }

        @Override
        public long seal() {
            return added;
        }

        @Override
        public void swap(String tableId, Revision revision, String commitFile) {
            Optional<Checkpoint> before = checkpoint();
            if (before.isPresent() && before.get().revision().compareTo(revision) > 0) {
                throw new IllegalStateException("a newer revision is served: " + before.get());
            }
            long generation = before.map(Checkpoint::generation).orElse(0L) + 1;
            serve(new Checkpoint(tableId, revision, generation, commitFile, layout()), entities);
        }

        @Override
        public void close() {}
    }
}
