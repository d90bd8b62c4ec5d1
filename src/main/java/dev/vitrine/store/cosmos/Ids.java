package dev.vitrine.store.cosmos;

import dev.vitrine.entity.EntityKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Ids of items and names of containers, made of anything. The service forbids `/ \ ? #` in both and more than 1,023
/// bytes in an id; what is not a letter, a digit, `.`, `_` or `-` becomes `~` and four hexadecimal digits, and what
/// gets
/// too long its beginning and its hash.
///
/// Examples: key `a/b`, 7 = `e-a~002fb,7`; table `sales/dim customer`, third generation = `sales~dim~0020customer~3`.
final class Ids {

    private static final int MAX_ID = 1023;
    private static final int MAX_NAME = 200;
    private static final int HASHED = 100;

    private Ids() {}

    /// Of the item that says what is under a key. Equal keys have equal ids, whatever the scale of their decimals.
    static String of(EntityKey key) {
        StringBuilder id = new StringBuilder("e-");
        for (Object value : key.values()) {
            if (id.length() > 2) {
                id.append(',');
            }
            escape(value instanceof BigDecimal number ? OrderedNumber.encode(number) : value.toString(), id);
        }
        return bounded(id.toString(), MAX_ID);
    }

    /// Of the item for rows without key that are equal.
    ///
    /// @param hash of such a row
    static String ofKeyless(String hash) {
        return "k-" + hash;
    }

    static boolean isKeyless(String id) {
        return id.startsWith("k-");
    }

    /// Of a name in the control container.
    static String ofName(String kind, String name) {
        StringBuilder id = new StringBuilder(kind).append('-');
        escape(name, id);
        return bounded(id.toString(), MAX_ID);
    }

    /// Of the container of a generation.
    static String container(String product, String table, long generation) {
        StringBuilder name = new StringBuilder();
        for (String part : List.of(product, table)) {
            escape(part, name);
            name.append('~');
        }
        return bounded(name.toString(), MAX_NAME) + generation;
    }

    private static void escape(String text, StringBuilder id) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            boolean plain = next >= 'a' && next <= 'z'
                    || next >= 'A' && next <= 'Z'
                    || next >= '0' && next <= '9'
                    || next == '.'
                    || next == '_'
                    || next == '-';
            if (plain) {
                id.append(next);
            } else {
                id.append('~').append(HexFormat.of().toHexDigits(next));
            }
        }
    }

    private static String bounded(String id, int max) {
        return id.length() <= max
                ? id
                : id.substring(0, HASHED) + "~~" + hash(id.getBytes(StandardCharsets.US_ASCII)) + "~";
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
