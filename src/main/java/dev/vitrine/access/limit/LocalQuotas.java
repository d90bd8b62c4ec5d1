package dev.vitrine.access.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.function.LongSupplier;

/// Counts in the memory of this process. Of more owners than fit, those that ask least are forgotten, with what they
/// took.
public final class LocalQuotas implements Quotas {

    private static final long MOST_OWNERS = 100_000;

    private final Cache<String, Usage> usages =
            Caffeine.newBuilder().maximumSize(MOST_OWNERS).build();
    private final LongSupplier millis;

    /// @param millis a clock that never goes back
    public LocalQuotas(LongSupplier millis) {
        this.millis = millis;
    }

    @Override
    public Taken take(String owner, List<Window> windows, long units) {
        return usages.get(owner, any -> new Usage(windows.size())).take(windows, units, millis.getAsLong());
    }

    /// Goes on from what is known of an owner's windows, instead of from nothing.
    ///
    /// @param known as it was told last
    public void begin(String owner, List<Window> windows, Taken known) {
        usages.put(owner, new Usage(windows, known, millis.getAsLong()));
    }

    /// One owner's windows.
    private static final class Usage {

        private final long[] used;
        private final long[] ends;

        Usage(int windows) {
            used = new long[windows];
            ends = new long[windows];
        }

        Usage(List<Window> windows, Taken known, long now) {
            this(windows.size());
            for (int at = 0; at < used.length; at++) {
                used[at] = windows.get(at).quota() - known.remaining()[at];
                ends[at] = now + known.resetMillis()[at];
            }
        }

        synchronized Taken take(List<Window> windows, long units, long now) {
            int count = used.length;
            long[] remaining = new long[count];
            long[] reset = new long[count];
            boolean granted = true;
            for (int at = 0; at < count; at++) {
                Window window = windows.get(at);
                if (used[at] > 0 && now >= ends[at]) {
                    used[at] = 0;
                }
                remaining[at] = window.quota() - used[at];
                reset[at] = used[at] == 0 ? window.length().toMillis() : ends[at] - now;
                granted &= remaining[at] >= window.share(units);
            }
            if (granted && units > 0) {
                for (int at = 0; at < count; at++) {
                    if (used[at] == 0) {
                        ends[at] = now + reset[at];
                    }
                    long share = windows.get(at).share(units);
                    used[at] += share;
                    remaining[at] -= share;
                }
            }
            return new Taken(granted, remaining, reset);
        }
    }
}
