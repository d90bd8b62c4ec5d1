package dev.vitrine.rest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Percent-encoded text of an address. Strict, because a key that was repaired on the way would be another key.
final class PercentText {

    private PercentText() {}

    /// Decodes `%XX` as UTF-8.
    ///
    /// @param plusIsSpace as in a query string
    /// @return null if a `%` lacks its two digits, or the bytes are not UTF-8
    static @Nullable String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0) {
            return plusIsSpace ? text.replace('+', ' ') : text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '%') {
                int value = at + 2 < text.length() ? hex(text, at + 1) : -1;
                if (value < 0) {
                    return null;
                }
                bytes.put((byte) value);
                at += 2;
            } else if (character == '+' && plusIsSpace) {
                bytes.put((byte) ' ');
            } else {
                bytes.put(String.valueOf(character).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    /// Splits at commas, then decodes each part, so that `%2C` is a comma inside a part.
    ///
    /// @return null as [#decode] does
    static @Nullable List<String> decodeList(String text, boolean plusIsSpace) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String decoded = decode(part, plusIsSpace);
            if (decoded == null) {
                return null;
            }
            parts.add(decoded);
        }
        return parts;
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
