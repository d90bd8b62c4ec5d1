package dev.vitrine.query.view;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/// Finds its way in stored documents without reading them: they are well-formed, and most of their values are handed on
/// as they stand, so that numbers keep every digit and nothing is decoded only to be encoded again.
final class JsonScan {

    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonScan() {}

    /// Index of the first byte from `at` that is no white space.
    static int blank(byte[] json, int at) {
        int index = at;
        while (json[index] <= ' ' && json[index] >= 0) {
            index++;
        }
        return index;
    }

    /// Index after the value that starts at `at`.
    static int value(byte[] json, int at) {
        return switch (json[at]) {
            case '"' -> string(json, at);
            case '{', '[' -> container(json, at);
            default -> word(json, at);
        };
    }

    /// Index after the string that starts at `at`.
    static int string(byte[] json, int at) {
        int index = at + 1;
        while (json[index] != '"') {
            index += json[index] == '\\' ? 2 : 1;
        }
        return index + 1;
    }

    /// Whether the value that starts at `at` is null.
    static boolean isNull(byte[] json, int at) {
        return json[at] == 'n';
    }

    /// The text of a string, or of a number or word as it stands.
    static String text(byte[] json, int start, int end) {
        if (json[start] != '"') {
            return new String(json, start, end - start, StandardCharsets.UTF_8);
        }
        return hasEscapes(json, start, end)
                ? JSON.readValue(json, start, end - start, String.class)
                : new String(json, start + 1, end - start - 2, StandardCharsets.UTF_8);
    }

    /// Whether the string between `start` and `end` is written with escapes.
    static boolean hasEscapes(byte[] json, int start, int end) {
        for (int index = start; index < end; index++) {
            if (json[index] == '\\') {
                return true;
            }
        }
        return false;
    }

    private static int container(byte[] json, int at) {
        int depth = 0;
        int index = at;
        do {
            switch (json[index]) {
                case '"' -> index = string(json, index) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            index++;
        } while (depth > 0);
        return index;
    }

    private static int word(byte[] json, int at) {
        int index = at;
        while (index < json.length && ",]} \n\r\t".indexOf(json[index]) < 0) {
            index++;
        }
        return index;
    }
}
