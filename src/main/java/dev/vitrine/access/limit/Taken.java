package dev.vitrine.access.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What came of taking units.
///
/// @param granted whether they were taken
/// @param remaining units of each window
/// @param resetMillis until each window begins anew
@SuppressWarnings("ArrayRecordComponent")
public record Taken(boolean granted, long[] remaining, long[] resetMillis) {

    /// As many of these units as every window leaves.
    long left(long units) {
        long least = units;
        for (long left : remaining) {
            least = Math.min(least, left);
        }
        return Math.max(0, least);
    }

    /// The windows that leave less than these units.
    List<String> violated(List<Window> windows, long units) {
        List<String> names = new ArrayList<>();
        for (int at = 0; at < remaining.length; at++) {
            if (remaining[at] < windows.get(at).share(units)) {
                names.add(windows.get(at).name());
            }
        }
        return names;
    }

    /// When all windows will leave these units again.
    Duration until(List<Window> windows, long units) {
        long longest = 0;
        for (int at = 0; at < remaining.length; at++) {
            if (remaining[at] < windows.get(at).share(units)) {
                longest = Math.max(longest, resetMillis[at]);
            }
        }
        return Duration.ofMillis(longest);
    }
}
