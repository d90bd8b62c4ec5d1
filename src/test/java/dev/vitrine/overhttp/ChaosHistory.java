package dev.vitrine.overhttp;

import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/// What was committed, and since when the store has it. Threads may share it.
final class ChaosHistory {

    private final List<NavigableMap<Long, String>> labels;
    private final NavigableMap<Long, Long> servedSince = new ConcurrentSkipListMap<>();
    private volatile long newest;

    ChaosHistory(int keys) {
        labels = IntStream.range(0, keys)
                .<NavigableMap<Long, String>>mapToObj(key -> new ConcurrentSkipListMap<>())
                .toList();
    }

    int keys() {
        return labels.size();
    }

    /// To be called before the commit: somebody may see it before it is told.
    void writes(long key, long version, String label) {
        labels.get((int) key).put(version, label);
    }

    void committed(long version) {
        newest = version;
    }

    long newest() {
        return newest;
    }

    /// The store's checkpoint is there now.
    void served(long version) {
        servedSince.putIfAbsent(version, System.nanoTime());
    }

    /// For how many nanoseconds the store had had something newer than that version at that time.
    long behind(long version, long nanoTime) {
        return servedSince.tailMap(version, false).values().stream()
                .mapToLong(since -> Math.max(0, nanoTime - since))
                .max()
                .orElse(0);
    }

    /// Whether a key had that label at the version, or has got it since.
    boolean fits(long key, long version, String label) {
        NavigableMap<Long, String> all = labels.get((int) key);
        Long from = all.floorKey(version);
        return from != null && all.tailMap(from, true).containsValue(label);
    }
}
