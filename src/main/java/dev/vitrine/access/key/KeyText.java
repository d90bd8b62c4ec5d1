package dev.vitrine.access.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A key as its holder has it: `vitrine_4f0a91c27be3_…`. The beginning tells people, and programs that look for secrets
/// where none should be, what they have before them; the id in the middle is no secret; the rest is.
///
/// @param id of the key
/// @param secret 256 random bits, as text
record KeyText(String id, String secret) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PREFIX = "vitrine_";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_BYTES = 32;
    private static final int LENGTH = PREFIX.length() + ID_LENGTH + 1 + (SECRET_BYTES * 4 + 2) / 3;

    /// A new key.
    static KeyText made() {
        return next(HexFormat.of().formatHex(random(ID_LENGTH / 2)));
    }

    /// A new secret of a key.
    static KeyText next(String id) {
        return new KeyText(id, Base64.getUrlEncoder().withoutPadding().encodeToString(random(SECRET_BYTES)));
    }

    /// Null if the text is no key.
    static @Nullable KeyText parse(String text) {
        int end = PREFIX.length() + ID_LENGTH;
        if (text.length() != LENGTH || !text.startsWith(PREFIX) || text.charAt(end) != '_') {
            return null;
        }
        return new KeyText(text.substring(PREFIX.length(), end), text.substring(end + 1));
    }

    /// Whether the secret is the one that was hashed; takes as long whether it is or not.
    boolean hasHash(byte[] expected) {
        return MessageDigest.isEqual(expected, digest());
    }

    /// What may be kept of the secret.
    String hash() {
        return HexFormat.of().formatHex(digest());
    }

    private byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    /// Whole, for its holder alone.
    String whole() {
        return PREFIX + id + '_' + secret;
    }

    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }
}
