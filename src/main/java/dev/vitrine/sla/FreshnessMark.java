package dev.vitrine.sla;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.SyncStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How far the freshness of a table is measured, and what was known then.
///
/// @param until everything before is measured
/// @param behindSince commit time of the oldest commit that was not served then; null: none was known
/// @param lastLook of the worker, before `until`; null: none is known
record FreshnessMark(
        Instant until,
        @Nullable Instant behindSince,
        @Nullable Instant lastLook) {

    /// With half of its pace, more than the worker's reports lie apart.
    private static final Duration SLACK = Duration.ofSeconds(10);

    private static final Duration BATCH = Duration.ofHours(25);

    /// Now, as the worker has said last.
    static FreshnessMark now(SyncStatus status, GoldTable table, Instant now) {
        return new FreshnessMark(now, behindSince(status, table, now), status.lastLook());
    }

    /// The oldest commit that is not served; or, once the worker has been silent for longer than it may be, its last
    /// look, since from then on nobody knows.
    private static @Nullable Instant behindSince(SyncStatus status, GoldTable table, Instant now) {
        Instant look = status.lastLook();
        if (status.behindSince() != null || look == null) {
            return status.behindSince();
        }
        Duration silence = table.pace().dividedBy(2).plus(SLACK);
        if (table.schedule() != null && silence.compareTo(BATCH) < 0) {
            silence = BATCH;
        }
        return look.plus(silence).isBefore(now) ? look : null;
    }

    /// From when on nothing is known to have been served, if nobody measured from here on.
    @Nullable
    Instant unknownSince() {
        return behindSince == null ? lastLook : behindSince;
    }

    /// Marks by table, as text that [#read] reads.
    static byte[] write(Map<String, FreshnessMark> marks) {
        return marks.entrySet().stream()
                .map(entry -> entry.getKey() + "\t" + entry.getValue().until + "\t" + text(entry.getValue().behindSince)
                        + "\t" + text(entry.getValue().lastLook))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, FreshnessMark> read(byte[] text) {
        Map<String, FreshnessMark> marks = new LinkedHashMap<>();
        new String(text, StandardCharsets.UTF_8).lines().forEach(line -> {
            String[] parts = line.split("\t", -1);
            marks.put(parts[0], new FreshnessMark(Instant.parse(parts[1]), instant(parts[2]), instant(parts[3])));
        });
        return marks;
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    private static @Nullable Instant instant(String text) {
        return text.isEmpty() ? null : Instant.parse(text);
    }
}
