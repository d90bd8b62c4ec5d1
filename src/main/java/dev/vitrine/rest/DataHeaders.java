package dev.vitrine.rest;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.ScalarValues;
import dev.vitrine.entity.Revision;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The headers that every data answer carries, and the conditional answer.
final class DataHeaders {

    private static final FieldType.TimestampType TIMESTAMP = new FieldType.TimestampType();
    private static final int TAG_BYTES = 15;

    private DataHeaders() {}

    /// Says which state of the table the answer shows; a 404 carries it too.
    static void state(HttpServletResponse response, Revision asOf) {
        response.setHeader("Delta-Table-Version", Long.toString(asOf.version()));
        response.setHeader("Data-As-Of", ScalarValues.format(TIMESTAMP, asOf.commitTime()));
    }

    /// Sends JSON, or 304 if the caller has these bytes already.
    static void send(HttpServletRequest request, HttpServletResponse response, byte[] json) throws IOException {
        String tag = tag(json);
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "private, no-cache");
        response.addHeader("Vary", "Authorization, Prefer");
        if (matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /// Weak, because a compressed answer has the same tag.
    private static String tag(byte[] json) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
            return "W/\"" + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, TAG_BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Weak comparison (RFC 9110, 8.8.3.2): only the quoted part counts.
    private static boolean matches(@Nullable String candidates, String tag) {
        return candidates != null && (candidates.equals("*") || candidates.contains(tag.substring("W/".length())));
    }
}
