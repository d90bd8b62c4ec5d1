package dev.vitrine.store.cosmos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is to become of keys, before it is written: in memory as long as it is little; a large commit is put down in a
/// file, cut into buckets of keys of which one is in memory at a time.
final class Staging implements AutoCloseable {

    private static final int BUCKETS = 128;

    private final long limit;
    private final StagingFile file = new StagingFile();
    private List<Bucket> buckets = List.of(new Bucket());
    private long bytes;

    /// @param limit about how many bytes may be in memory
    Staging(long limit) {
        this.limit = limit;
    }

    private static final class Bucket {

        private final Map<String, List<Step>> steps = new LinkedHashMap<>();
        private final Map<String, Pending> states = new LinkedHashMap<>();
        private final List<StagingFile.Chunk> keptSteps = new ArrayList<>();
        private final List<StagingFile.Chunk> keptStates = new ArrayList<>();
    }

    /// What is done with some of the keys.
    interface Work {
        /// @param steps of the keys that change; to be cleared by nobody
        /// @param states of all keys that were changed before, to be changed
        void run(Map<String, List<Step>> steps, Map<String, Pending> states);
    }

    void add(String id, Step step) {
        bucket(id).steps.computeIfAbsent(id, absent -> new ArrayList<>()).add(step);
        bytes += step.weight();
        putDownIfLarge();
    }

    private Bucket bucket(String id) {
        return buckets.get(Math.floorMod(id.hashCode(), buckets.size()));
    }

    /// Does something with all keys, some at a time; their steps are done then.
    void forEach(Work work) {
        for (Bucket bucket : buckets) {
            take(bucket);
            long before = weight(bucket);
            work.run(bucket.steps, bucket.states);
            bucket.steps.clear();
            bytes += weight(bucket) - before;
            putDownIfLarge();
        }
    }

    private static long weight(Bucket bucket) {
        long weight = 0;
        for (List<Step> steps : bucket.steps.values()) {
            weight += steps.stream().mapToInt(Step::weight).sum();
        }
        for (Pending state : bucket.states.values()) {
            weight += state.weight();
        }
        return weight;
    }

    /// Takes a bucket back into memory.
    private void take(Bucket bucket) {
        if (bucket.keptSteps.isEmpty() && bucket.keptStates.isEmpty()) {
            return;
        }
        Map<String, List<Step>> lately = new LinkedHashMap<>(bucket.steps);
        bucket.steps.clear();
        long before = weight(bucket);
        for (StagingFile.Chunk chunk : bucket.keptSteps) {
            file.steps(chunk)
                    .forEach((id, steps) -> bucket.steps
                            .computeIfAbsent(id, absent -> new ArrayList<>())
                            .addAll(steps));
        }
        lately.forEach((id, steps) ->
                bucket.steps.computeIfAbsent(id, absent -> new ArrayList<>()).addAll(steps));
        for (StagingFile.Chunk chunk : bucket.keptStates) {
            file.states(chunk).forEach(state -> bucket.states.putIfAbsent(state.id(), state));
        }
        bucket.keptSteps.clear();
        bucket.keptStates.clear();
        bytes += weight(bucket) - before;
    }

    private void putDownIfLarge() {
        if (bytes <= limit) {
            return;
        }
        if (buckets.size() == 1) {
            divide();
        }
        for (Bucket bucket : buckets) {
            if (!bucket.steps.isEmpty()) {
                bucket.keptSteps.add(file.putSteps(bucket.steps));
                bucket.steps.clear();
            }
            if (!bucket.states.isEmpty()) {
                bucket.keptStates.add(file.putStates(bucket.states.values()));
                bucket.states.clear();
            }
        }
        bytes = 0;
    }

    private void divide() {
        Bucket all = buckets.getFirst();
        List<Bucket> many = new ArrayList<>();
        for (int i = 0; i < BUCKETS; i++) {
            many.add(new Bucket());
        }
        buckets = many;
        all.steps.forEach((id, steps) -> bucket(id).steps.put(id, steps));
        all.states.forEach((id, state) -> bucket(id).states.put(id, state));
    }

    /// Forgets everything.
    void clear() {
        buckets = List.of(new Bucket());
        bytes = 0;
        file.clear();
    }

    @Override
    public void close() {
        clear();
        file.close();
    }
}
