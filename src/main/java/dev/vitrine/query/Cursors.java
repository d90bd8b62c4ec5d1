package dev.vitrine.query;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.ScalarValues;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Page;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/// Writes bookmarks as opaque text and reads back its own: encrypted, because the position may be of a field that the
/// caller may not see, and bound to the query it belongs to. Threads may share it.
///
/// Text: URL-safe base64 of a nonce of 12 bytes and the AES-GCM ciphertext of the bookmark, with the query's binding as
/// associated data. The nonce is a keyed hash of all that is encrypted, so the same page gives the same text and the
/// answer's ETag holds; a nonce comes back only with the very text it was made for.
final class Cursors {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ABSENT = -1;

    private final SecretKey encryption;
    private final SecretKey hashing;

    /// @param secret shared by all processes that serve the same callers
    Cursors(byte[] secret) {
        encryption = derive(secret, "cursor encryption", "AES");
        hashing = derive(secret, "cursor nonce", "HmacSHA256");
    }

    /// The bookmark as text.
    ///
    /// @param terms types of the sort's terms
    /// @param key types of the key fields
    String write(Bookmark bookmark, byte[] binding, List<FieldType.Scalar> terms, List<FieldType.Scalar> key) {
        byte[] plain = encode(bookmark, terms, key);
        try {
            Mac mac = Mac.getInstance(hashing.getAlgorithm());
            mac.init(hashing);
            mac.update(binding);
            byte[] nonce = Arrays.copyOf(mac.doFinal(plain), NONCE_BYTES);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, binding).doFinal(plain);
            byte[] text = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, text, nonce.length, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM and HMAC-SHA-256", e);
        }
    }

    /// Reads what [#write] wrote for the same binding; null if the text is anything else.
    @Nullable
    Bookmark read(String text, byte[] binding, List<FieldType.Scalar> terms, List<FieldType.Scalar> key) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length <= NONCE_BYTES) {
                return null;
            }
            byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, binding);
            return decode(cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES), terms, key);
        } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
            return null;
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] binding) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, encryption, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(binding);
        return cipher;
    }

    private static SecretKey derive(byte[] secret, String purpose, String algorithm) {
        try {
            byte[] info = ("vitrine " + purpose).getBytes(StandardCharsets.UTF_8);
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(info, 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HKDF-SHA256", e);
        }
    }

    private static byte[] encode(Bookmark bookmark, List<FieldType.Scalar> terms, List<FieldType.Scalar> key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(bookmark.epoch());
            encode(out, bookmark.position().terms(), terms);
            encode(out, bookmark.position().key().values(), key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void encode(
            DataOutputStream out, List<? extends @Nullable Object> values, List<FieldType.Scalar> types)
            throws IOException {
        for (int i = 0; i < types.size(); i++) {
            Object value = values.get(i);
            if (value == null) {
                out.writeInt(ABSENT);
            } else {
                byte[] text = ScalarValues.format(types.get(i), value).getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        }
    }

    private static Bookmark decode(byte[] plain, List<FieldType.Scalar> terms, List<FieldType.Scalar> key) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
            long epoch = in.readLong();
            List<@Nullable Object> termValues = decode(in, terms);
            List<Object> keyValues = new ArrayList<>();
            for (Object value : decode(in, key)) {
                if (value == null) {
                    throw new IllegalArgumentException("a key has no absent values");
                }
                keyValues.add(value);
            }
            return new Bookmark(epoch, new Page.Position(termValues, new EntityKey(keyValues)));
        } catch (IOException e) {
            throw new IllegalArgumentException("made for another sort", e);
        }
    }

    private static List<@Nullable Object> decode(DataInputStream in, List<FieldType.Scalar> types) throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        for (FieldType.Scalar type : types) {
            int length = in.readInt();
            values.add(
                    length == ABSENT
                            ? null
                            : ScalarValues.parse(type, new String(in.readNBytes(length), StandardCharsets.UTF_8)));
        }
        return Collections.unmodifiableList(values);
    }
}
