package dev.vitrine.sla;

import dev.vitrine.store.Measured;
import java.time.Duration;
import java.util.List;

/// What [Tally] counted, read by the same layout: answered, failed, and single reads by time.
record RequestCounts(long answered, long failed, List<Long> times) {

    private static final int PROMISED = 4;

    static RequestCounts of(List<Measured> measured) {
        return measured.stream()
                .reduce(Measured::and)
                .map(all -> new RequestCounts(
                        all.count(0),
                        all.count(1),
                        all.counts().size() < 2
                                ? List.of()
                                : all.counts().subList(2, all.counts().size())))
                .orElse(new RequestCounts(0, 0, List.of()));
    }

    long all() {
        return answered + failed;
    }

    /// Single reads.
    long reads() {
        return sum(0);
    }

    /// Single reads that took longer than the limit.
    long slow() {
        return sum(Math.min(PROMISED, times.size()));
    }

    /// How long the reads took at a percentile, interpolated within a bucket; 0 if there were none.
    double seconds(double percentile, Duration limit) {
        Duration[] bounds = Tally.bounds(limit);
        double rank = reads() * percentile / 100;
        double below = 0;
        double from = 0;
        for (int bucket = 0; bucket < Math.min(times.size(), bounds.length); bucket++) {
            double to = bounds[bucket].toNanos() / 1e9;
            long here = times.get(bucket);
            if (here > 0 && below + here >= rank) {
                return from + (to - from) * Math.max(0, rank - below) / here;
            }
            below += here;
            from = to;
        }
        return reads() == 0 ? 0 : from;
    }

    private long sum(int from) {
        return times.subList(from, times.size()).stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
