package dev.vitrine.store.cosmos.server;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// A partition key range: a physical partition.
record PartitionRange(String id, EpkRange epks) {

    /// Effective partition keys are 128 bits in hexadecimal, of which the first two are zero.
    private static final BigInteger END = BigInteger.ONE.shiftLeft(126);

    static List<PartitionRange> evenly(int count) {
        List<PartitionRange> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ranges.add(new PartitionRange(
                    String.valueOf(i),
                    new EpkRange(i == 0 ? "" : bound(i, count), i == count - 1 ? "FF" : bound(i + 1, count))));
        }
        return ranges;
    }

    private static String bound(int index, int count) {
        return "%032X".formatted(END.multiply(BigInteger.valueOf(index)).divide(BigInteger.valueOf(count)));
    }
}
