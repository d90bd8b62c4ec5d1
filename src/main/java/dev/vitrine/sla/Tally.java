package dev.vitrine.sla;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// How often one entity was asked for, how often in vain, and how long single reads took. Threads may share it;
/// counting
/// costs about as much as a counter does.
public final class Tally {

    /// Where a bucket ends, in limits. Few, and one of them the limit: it alone decides whether a promise was kept.
    private static final double[] BOUNDS = {0.125, 0.25, 0.5, 1, 2, 4, 16};

    private final Duration limit;
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final List<LongAdder> times =
            Stream.generate(LongAdder::new).limit(BOUNDS.length + 1).toList();

    Tally(Duration limit) {
        this.limit = limit;
    }

    /// A request was answered as promised.
    public void answered() {
        answered.increment();
    }

    /// A request failed, or its answer was cut off.
    public void failed() {
        failed.increment();
    }

    /// How long a single read took, whatever came of it.
    public void singleRead(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS.length && nanos > bound(bucket)) {
            bucket++;
        }
        times.get(bucket).increment();
    }

    /// Where the buckets of times end, ascending; one of them is the promised limit.
    public Duration[] bounds() {
        return bounds(limit);
    }

    static Duration[] bounds(Duration limit) {
        Duration[] bounds = new Duration[BOUNDS.length];
        for (int i = 0; i < BOUNDS.length; i++) {
            bounds[i] = Duration.ofNanos((long) (limit.toNanos() * BOUNDS[i]));
        }
        return bounds;
    }

    /// What was counted since it was taken last, as [RequestCounts] reads it.
    List<Long> take() {
        List<Long> counts = new ArrayList<>();
        counts.add(answered.sumThenReset());
        counts.add(failed.sumThenReset());
        times.forEach(time -> counts.add(time.sumThenReset()));
        return counts;
    }

    /// Takes back what was taken and could not be kept.
    void add(List<Long> counts) {
        answered.add(counts.get(0));
        failed.add(counts.get(1));
        for (int i = 0; i < times.size(); i++) {
            times.get(i).add(counts.get(2 + i));
        }
    }

    private long bound(int bucket) {
        return (long) (limit.toNanos() * BOUNDS[bucket]);
    }
}
