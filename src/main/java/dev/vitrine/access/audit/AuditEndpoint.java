package dev.vitrine.access.audit;

import dev.vitrine.access.EntityRead;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/// `/actuator/audit`: searches the recent events of this process.
@Endpoint(id = "audit")
record AuditEndpoint(AuditTrail trail) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    /// The newest first; all conditions that are given must hold.
    ///
    /// @param since RFC 3339
    /// @param outcome `served`, `refused` or `failed`
    @ReadOperation
    Found search(
            @Nullable String subject,
            @Nullable String client,
            @Nullable String product,
            @Nullable String entity,
            @Nullable String outcome,
            @Nullable String trace,
            @Nullable String since,
            @Nullable Integer limit) {
        Instant from = since == null ? Instant.MIN : time(since);
        Predicate<AuditEvent> wanted = event -> is(subject, event.subject())
                && is(client, event.client())
                && is(outcome, event.outcome())
                && (trace == null || trace.equals(event.trace()))
                && !event.at().isBefore(from)
                && event.reads().stream().anyMatch(read -> is(product, read.product()) && is(entity, read.entity()));
        int most = limit == null ? DEFAULT_LIMIT : Math.clamp(limit, 1, MAX_LIMIT);
        return new Found(
                trail.written(),
                trail.lost(),
                trail.recent(wanted, most).stream().map(Shown::of).toList());
    }

    private static boolean is(@Nullable String wanted, String found) {
        return wanted == null || wanted.equals(found);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "since is '%s': write a time such as 2026-11-23T10:00:00Z".formatted(text),
                    e);
        }
    }

    /// @param written events of this process since its start
    /// @param lost of them
    record Found(long written, long lost, List<Shown> events) {}

    /// An event as the files have it.
    record Shown(
            Instant at,
            String subject,
            String client,
            int status,
            String outcome,
            long rows,
            long bytes,
            long micros,
            @Nullable String trace,
            List<EntityRead> reads) {

        static Shown of(AuditEvent event) {
            return new Shown(
                    event.at(),
                    event.subject(),
                    event.client(),
                    event.status(),
                    event.outcome(),
                    event.rows(),
                    event.bytes(),
                    event.micros(),
                    event.trace(),
                    event.reads());
        }
    }
}
