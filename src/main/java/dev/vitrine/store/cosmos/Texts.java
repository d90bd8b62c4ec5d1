package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Rows in items: as text, so that people can read them; what is no UTF-8 as base64, so that every byte comes back.
final class Texts {

    private static final String TEXT = "d";
    private static final String BASE64 = "d64";

    private Texts() {}

    static void put(ObjectNode item, byte[] row) {
        try {
            item.put(
                    TEXT,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(row))
                            .toString());
        } catch (CharacterCodingException e) {
            item.put(BASE64, Base64.getEncoder().encodeToString(row));
        }
    }

    /// Only the beginning.
    static void putCut(ObjectNode item, byte[] row, int bytes) {
        item.put(TEXT, new String(row, 0, Math.min(bytes, row.length), StandardCharsets.UTF_8) + "…");
    }

    static byte[] get(JsonNode item) {
        JsonNode text = item.get(TEXT);
        return text != null
                ? text.textValue().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(item.path(BASE64).asText());
    }

    /// How long the row becomes as a string in JSON, at most.
    static int length(byte[] row) {
        int length = row.length;
        for (byte next : row) {
            if (next == '"' || next == '\\' || next == '\n') {
                length++;
            } else if (next >= 0 && next < ' ') {
                length += 5;
            }
        }
        return length;
    }
}
