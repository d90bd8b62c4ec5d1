package dev.vitrine.query;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the entities of a page together, as an answer of its own or inside another entity:
/// `{"items":[…],"nextCursor":…}`.
public final class PageBody {

    private static final byte[] START = ascii("{\"items\":[");
    private static final byte[] BEFORE_CURSOR = ascii("],\"nextCursor\":");

    private PageBody() {}

    /// The page in UTF-8.
    ///
    /// @param items each one JSON object in UTF-8
    /// @param next [EntityAnswer.Many#nextCursor()]: text that needs no escaping in JSON, or null
    public static byte[] of(List<byte[]> items, @Nullable String next) {
        byte[] cursor = ascii(next == null ? "null}" : '"' + next + "\"}");
        int length = START.length + BEFORE_CURSOR.length + cursor.length + Math.max(0, items.size() - 1);
        for (byte[] item : items) {
            length += item.length;
        }
        byte[] body = new byte[length];
        int at = append(body, 0, START);
        for (int index = 0; index < items.size(); index++) {
            if (index > 0) {
                body[at++] = ',';
            }
            at = append(body, at, items.get(index));
        }
        append(body, append(body, at, BEFORE_CURSOR), cursor);
        return body;
    }

    private static int append(byte[] body, int at, byte[] part) {
        System.arraycopy(part, 0, body, at, part.length);
        return at + part.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
