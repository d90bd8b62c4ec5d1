package dev.vitrine.store.cosmos.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The documents of one partition key range. The container sees to it that one thread at a time is in it.
final class Partition {

    private final PartitionRange range;
    private final NavigableMap<Long, Item> byNumber = new TreeMap<>();
    private final NavigableMap<Long, Item> byLsn = new TreeMap<>();
    private final Map<String, Map<String, Item>> byId = new HashMap<>();
    private long lsn;
    private @Nullable Partition replica;

    Partition(PartitionRange range) {
        this.range = range;
    }

    /// From now on replicas stay as they are: readers whose session token does not ask for more see the past.
    void freezeReplica() {
        Partition frozen = new Partition(range);
        byNumber.values().forEach(frozen::put);
        frozen.lsn = lsn;
        replica = frozen;
    }

    /// What a reader sees that needs the writes up to this one.
    Partition replica(long needed) {
        Partition frozen = replica;
        return frozen == null || frozen.lsn < needed ? this : frozen;
    }

    PartitionRange range() {
        return range;
    }

    long lsn() {
        return lsn;
    }

    long nextLsn() {
        return ++lsn;
    }

    /// How the SDK has it: the range and the last write.
    String sessionToken() {
        return range.id() + ":-1#" + lsn;
    }

    @Nullable
    Item get(String epk, String id) {
        return byId.getOrDefault(id, Map.of()).get(epk);
    }

    void put(Item item) {
        remove(item.epk(), item.id());
        byId.computeIfAbsent(item.id(), id -> new HashMap<>()).put(item.epk(), item);
        byNumber.put(item.number(), item);
        byLsn.put(item.lsn(), item);
    }

    void remove(String epk, String id) {
        Map<String, Item> sameId = byId.getOrDefault(id, Map.of());
        Item item = sameId.isEmpty() ? null : sameId.remove(epk);
        if (item != null) {
            byNumber.remove(item.number());
            byLsn.remove(item.lsn());
            if (sameId.isEmpty()) {
                byId.remove(id);
            }
        }
    }

    /// All, in the order of their creation.
    List<Item> all() {
        return new ArrayList<>(byNumber.values());
    }

    List<Item> withIds(Collection<String> ids) {
        return ids.stream()
                .flatMap(id -> byId.getOrDefault(id, Map.of()).values().stream())
                .toList();
    }

    /// Those written last after a write, in that order.
    List<Item> changedAfter(long write) {
        return new ArrayList<>(byLsn.tailMap(write, false).values());
    }
}
