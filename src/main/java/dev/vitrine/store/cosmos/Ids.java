package dev.vitrine.store.cosmos;

import dev.vitrine.entity.EntityKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
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
    private static final int MAX_LEVEL = 300;

    /// Beginning, hash and the marks around it.
    private static final int HASHED_LENGTH = HASHED + 2 + 64 + 1;

    private static final String MARK = "~~";

    private Ids() {}

    /// Of the item that says what is under a key. Equal keys have equal ids, whatever the scale of their decimals.
    static String of(EntityKey key) {
        StringBuilder id = new StringBuilder("e-");
        for (Object value : key.values()) {
            if (id.length() > 2) {
                id.append(',');
            }
            id.append(part(value));
        }
        return bounded(id.toString(), MAX_ID);
    }

    /// Of a part of a key.
    private static String part(Object value) {
        StringBuilder part = new StringBuilder();
        escape(value instanceof BigDecimal number ? OrderedNumber.encode(number) : value.toString(), part);
        return part.toString();
    }

    /// The parts of a key, which its id has to have whole.
    ///
    /// @param count how many they are
    static List<String> parts(String id, int count) {
        List<String> parts = new ArrayList<>(List.of(id.substring(2).split(",", -1)));
        // no comma follows an empty part at the beginning
        while (parts.size() < count) {
            parts.addFirst("");
        }
        return parts;
    }

    /// A part of a key as a level of a hierarchy of partitions, which has less room than an id.
    static String level(Object value) {
        return levelOf(part(value));
    }

    static String levelOf(String part) {
        return bounded(part, MAX_LEVEL);
    }

    /// Whether an id has a hash in the place of most of its key.
    static boolean isHashed(String id) {
        return id.contains(MARK);
    }

    /// The same with what its hash hides.
    static String withLevels(String hashed, List<String> levels) {
        return hashed + "," + String.join(",", levels);
    }

    static List<String> levels(String hashed) {
        return List.of(hashed.substring(HASHED_LENGTH + 1).split(",", -1));
    }

    /// What [#of] gives for the key, whatever follows it.
    static String plain(String id) {
        return isHashed(id) ? id.substring(0, HASHED_LENGTH) : id;
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
                : id.substring(0, HASHED) + MARK + hash(id.getBytes(StandardCharsets.US_ASCII)) + "~";
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
