package dev.vitrine.store.cache;

import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.Checkpoint;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Names of what is kept: short printable ASCII without spaces, others by their hash. Equal keys have equal names,
/// whatever the scale of their decimals.
final class Ids {

    private static final int LONGEST = 100;
    private static final int HASH_CHARACTERS = 32;

    private Ids() {}

    static String of(EntityKey key) {
        return shortened(key.values().stream().map(Ids::text).collect(Collectors.joining(",")));
    }

    private static String text(Object value) {
        String text = value instanceof BigDecimal number
                ? number.signum() == 0 ? "0" : number.stripTrailingZeros().toString()
                : value.toString();
        return text.replace("\\", "\\\\").replace(",", "\\,");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST && !text.startsWith("#") && text.chars().allMatch(c -> c > ' ' && c < 0x7f)
                ? text
                : "#" + hash(List.of(text));
    }

    /// Of what a checkpoint is of: a load of a table that another one never has.
    static String space(String address, Checkpoint checkpoint) {
        return shortened(address) + "@" + checkpoint.generation() + "-"
                + hash(List.of(checkpoint.tableId(), checkpoint.layout()));
    }

    /// Of texts, each for itself.
    static String hash(List<String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
