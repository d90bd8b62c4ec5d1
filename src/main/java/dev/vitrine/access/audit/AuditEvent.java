package dev.vitrine.access.audit;

import dev.vitrine.access.EntityRead;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request that read data, or tried to. It holds no token, no key and no value of any field.
///
/// @param at when it came
/// @param subject who asked
/// @param client OAuth2 client that asked for them
/// @param reads what was read, at least one
/// @param status of the answer
/// @param micros that the answer took
/// @param trace id of the W3C trace that the request belongs to; null: none
public record AuditEvent(
        Instant at,
        String subject,
        String client,
        List<EntityRead> reads,
        int status,
        long micros,
        @Nullable String trace) {

    /// What can become of a request.
    static final List<String> OUTCOMES = List.of("served", "refused", "failed");

    public AuditEvent {
        reads = List.copyOf(reads);
    }

    /// What became of the request, in a word.
    String outcome() {
        return OUTCOMES.get(status < 400 ? 0 : status < 500 ? 1 : 2);
    }

    long rows() {
        long rows = 0;
        for (EntityRead read : reads) {
            rows += read.rows();
        }
        return rows;
    }

    long bytes() {
        long bytes = 0;
        for (EntityRead read : reads) {
            bytes += read.bytes();
        }
        return bytes;
    }
}
