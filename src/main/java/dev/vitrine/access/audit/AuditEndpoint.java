package dev.vitrine.access.audit;

import dev.vitrine.access.EntityRead;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
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
    /// @param limit from 1 to 1000; null: 100
    /// @throws ResponseStatusException with all that cannot be meant
    @ReadOperation
    Found search(
            @Nullable String subject,
            @Nullable String client,
            @Nullable String product,
            @Nullable String entity,
            @Nullable String outcome,
            @Nullable String trace,
            @Nullable String since,
            @Nullable String limit) {
        List<String> faults = new ArrayList<>();
        Instant from = since == null ? Instant.MIN : time(since, faults);
        int most = limit == null ? DEFAULT_LIMIT : number(limit, faults);
        if (outcome != null && !AuditEvent.OUTCOMES.contains(outcome)) {
            faults.add("outcome is '%s': there are %s".formatted(outcome, String.join(", ", AuditEvent.OUTCOMES)));
        }
        if (!faults.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, String.join("; ", faults));
        }
        Predicate<AuditEvent> wanted = event -> is(subject, event.subject())
                && is(client, event.client())
                && is(outcome, event.outcome())
                && (trace == null || trace.equals(event.trace()))
                && !event.at().isBefore(from)
                && event.reads().stream().anyMatch(read -> is(product, read.product()) && is(entity, read.entity()));
        return new Found(
                trail.written(),
                trail.lost(),
                trail.recent(wanted, most).stream().map(Shown::of).toList());
    }

    private static boolean is(@Nullable String wanted, String found) {
        return wanted == null || wanted.equals(found);
    }

    private static Instant time(String text, List<String> faults) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            faults.add("since is '%s': write a time such as 2026-11-23T10:00:00Z".formatted(text));
            return Instant.MIN;
        }
    }

    private static int number(String text, List<String> faults) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MAX_LIMIT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        faults.add("limit is '%s': write a whole number from 1 to %d".formatted(text, MAX_LIMIT));
        return DEFAULT_LIMIT;
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
