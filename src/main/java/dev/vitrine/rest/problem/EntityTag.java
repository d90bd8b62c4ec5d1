package dev.vitrine.rest.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The `ETag` of an answer (RFC 9110, 8.8.3).
public final class EntityTag {

    private static final int TAG_BYTES = 15;

    private EntityTag() {}

    /// Whether `If-None-Match` names the tag: by weak comparison (RFC 9110, 8.8.3.2) only the quoted part counts.
    public static boolean matches(@Nullable String candidates, String tag) {
        return candidates != null && (candidates.equals("*") || candidates.contains(tag.substring("W/".length())));
    }

    /// Of these bytes. Weak, because a compressed answer has the same tag.
    public static String of(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "W/\"" + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, TAG_BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Tells caches whose these bytes are; returns their tag.
    public static String set(HttpServletResponse response, byte[] body) {
        String tag = of(body);
        response.setHeader("ETag", tag);
        setPrivate(response);
        return tag;
    }

    /// Tells caches whose an answer is that has no tag.
    public static void setPrivate(HttpServletResponse response) {
        response.setHeader("Cache-Control", "private, no-cache");
        response.addHeader("Vary", "Authorization, Accept, Prefer");
    }
}
