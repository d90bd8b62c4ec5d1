package dev.vitrine.delta.rows;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Timestamps in Delta are microseconds since 1970; in JSON they are RFC 3339 without trailing zeros:
/// `2026-01-06T10:00:01.5Z`.
final class Timestamps {

    private static final long MICROS = 1_000_000;

    private Timestamps() {}

    static LocalDateTime of(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * 1000, ZoneOffset.UTC);
    }

    static String text(Instant value) {
        return text(LocalDateTime.ofEpochSecond(value.getEpochSecond(), value.getNano(), ZoneOffset.UTC), "Z");
    }

    static String text(LocalDateTime value) {
        return text(value, "");
    }

    private static String text(LocalDateTime value, String zone) {
        StringBuilder text = new StringBuilder(27).append(value.toLocalDate()).append('T');
        pair(text, value.getHour()).append(':');
        pair(text, value.getMinute()).append(':');
        pair(text, value.getSecond());
        int micros = value.getNano() / 1000;
        if (micros > 0) {
            text.append('.');
            for (int unit = 100_000; micros > 0; unit /= 10) {
                text.append((char) ('0' + micros / unit));
                micros %= unit;
            }
        }
        return text.append(zone).toString();
    }

    private static StringBuilder pair(StringBuilder text, int value) {
        return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
