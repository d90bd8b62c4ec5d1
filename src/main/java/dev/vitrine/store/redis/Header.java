package dev.vitrine.store.redis;

import dev.vitrine.store.cache.At;
import dev.vitrine.store.cache.SharedCache.Mark;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the scripts compare: turn, epoch and version that a value was read at, then the entity's own epoch and
/// version, zeros if there is no entity, then `E` for an entity or `M` for a marker.
final class Header {

    static final int LENGTH = 75;
    static final int MARK = 45;
    private static final int TURN = 16;
    private static final int EPOCH = 26;

    private Header() {}

    static byte[] entity(Mark mark, @Nullable At revision, byte[] body) {
        byte[] header = ascii(text(mark) + text(revision) + "E");
        byte[] value = Arrays.copyOf(header, LENGTH + body.length);
        System.arraycopy(body, 0, value, LENGTH, body.length);
        return value;
    }

    static byte[] marker(Mark mark, At revision) {
        return ascii(text(mark) + text(revision) + "M");
    }

    static byte[] body(byte[] value) {
        return Arrays.copyOfRange(value, LENGTH, value.length);
    }

    static String text(Mark mark) {
        return "%016d".formatted(mark.turn()) + text(mark.at());
    }

    static String text(@Nullable At at) {
        return at == null ? "0".repeat(29) : "%010d%019d".formatted(at.epoch(), at.version());
    }

    static Mark mark(byte[] value) {
        String text = new String(value, 0, MARK, StandardCharsets.US_ASCII);
        return new Mark(
                Long.parseLong(text.substring(0, TURN)),
                new At(Long.parseLong(text.substring(TURN, EPOCH)), Long.parseLong(text.substring(EPOCH))));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
