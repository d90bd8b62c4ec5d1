package dev.vitrine.store.cosmos.server;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A container: its properties and its documents, spread over partition key ranges. Threads may share it.
final class Container {

    private final Rid rid;
    private final String path;
    private final PartitionKeyPaths key;
    private final List<Partition> partitions;
    private final InstantSource clock;
    private ObjectNode properties;
    private IndexingPolicy indexing;
    private long documents;

    /// The numbers that resource ids are made of.
    record Rid(int database, int container) {

        @Override
        public String toString() {
            return Rids.container(database, container);
        }
    }

    /// @param path `dbs/vitrine/colls/customers`
    /// @param ranges how many partition key ranges it has
    Container(ObjectNode properties, Rid rid, String path, int ranges, InstantSource clock) {
        this.rid = rid;
        this.path = path;
        this.key = PartitionKeyPaths.of(properties);
        this.partitions =
                PartitionRange.evenly(ranges).stream().map(Partition::new).toList();
        this.clock = clock;
        this.properties = properties;
        this.indexing = new IndexingPolicy(properties.path("indexingPolicy"));
    }

    Rid rid() {
        return rid;
    }

    String path() {
        return path;
    }

    PartitionKeyPaths key() {
        return key;
    }

    List<Partition> partitions() {
        return partitions;
    }

    synchronized ObjectNode properties() {
        return properties;
    }

    synchronized IndexingPolicy indexing() {
        return indexing;
    }

    synchronized void replace(ObjectNode changed) {
        if (!changed.path("partitionKey").equals(properties.path("partitionKey"))) {
            throw Refusal.badRequest("The partition key of a container cannot be changed");
        }
        indexing = new IndexingPolicy(changed.path("indexingPolicy"));
        properties = changed;
    }

    Partition partition(String epk) {
        return partitions.stream()
                .filter(partition -> partition.range().epks().contains(epk))
                .findFirst()
                .orElseThrow();
    }

    /// Runs something that no write comes in between of.
    synchronized <T> T exclusively(Supplier<T> action) {
        return action.get();
    }

    synchronized @Nullable Item get(Partition partition, String epk, String id) {
        Item item = partition.get(epk, id);
        return item == null || expired(item) ? null : item;
    }

    synchronized List<Item> items(Partition partition, EpkRange range) {
        return living(partition.all(), range);
    }

    synchronized List<Item> items(Partition partition, EpkRange range, List<String> ids) {
        return living(partition.withIds(ids), range);
    }

    synchronized List<Item> changedAfter(Partition partition, EpkRange range, long lsn) {
        return living(partition.changedAfter(lsn), range);
    }

    private List<Item> living(List<Item> items, EpkRange range) {
        return items.stream()
                .filter(item -> range.contains(item.epk()) && !expired(item))
                .toList();
    }

    private boolean expired(Item item) {
        return item.expired(
                properties.path("defaultTtl").isNumber()
                        ? properties.path("defaultTtl").longValue()
                        : null,
                seconds());
    }

    /// @param before what it replaces
    synchronized Item put(ArrayNode partitionKey, ObjectNode body, @Nullable Item before) {
        String epk = key.epk(partitionKey);
        Partition partition = partition(epk);
        long lsn = partition.nextLsn();
        long number = before == null ? ++documents : before.number();
        ObjectNode document = body.deepCopy();
        String documentRid = Rids.document(rid.database(), rid.container(), number);
        document.put("_rid", documentRid);
        document.put("_self", "dbs/" + Rids.database(rid.database()) + "/colls/" + rid + "/docs/" + documentRid + "/");
        document.put("_etag", "\"%s-%016x\"".formatted(partition.range().id(), lsn));
        document.put("_attachments", "attachments/");
        document.put("_ts", seconds());
        Item item = new Item(document, number, epk, lsn);
        partition.put(item);
        return item;
    }

    synchronized void remove(Item item) {
        Partition partition = partition(item.epk());
        partition.nextLsn();
        partition.remove(item.epk(), item.id());
    }

    /// Puts things back as they were: after a batch that failed.
    synchronized void restore(List<Change> changes) {
        new ArrayList<>(changes).reversed().forEach(change -> {
            Item after = change.after();
            if (after != null) {
                partition(after.epk()).remove(after.epk(), after.id());
            }
            Item before = change.before();
            if (before != null) {
                partition(before.epk()).put(before);
            }
        });
    }

    /// What a write did.
    record Change(@Nullable Item before, @Nullable Item after) {}

    private long seconds() {
        return clock.instant().getEpochSecond();
    }
}
