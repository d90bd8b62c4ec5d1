package dev.vitrine.sync;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How the worker uses its machine. How often it looks at a table is the contract's to say.
///
/// @param rebuilds how many tables are loaded at the same time; the others wait in line
/// @param readAhead how much of a table lies in memory between reading and writing
/// @param retryAfter rest after a first failure; it doubles with each further one
/// @param retryAtMost longest rest after a failure
/// @param lease how long a table stays with a process that says nothing any more
/// @param maxDeadLetterShare share of the rows of a commit, or of a rebuild, that may be such rows before it is held
/// @param deadLettersKept how long a row that cannot be served is kept after it was last seen
/// @param withdrawnKept how long a table is kept that no contract names any more
@ConfigurationProperties("vitrine.sync")
record SyncProperties(
        @DefaultValue("4") int rebuilds,
        @DefaultValue("8MB") DataSize readAhead,
        @DefaultValue("1s") Duration retryAfter,
        @DefaultValue("30s") Duration retryAtMost,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("0.01") double maxDeadLetterShare,
        @DefaultValue("30d") Duration deadLettersKept,
        @DefaultValue("5m") Duration withdrawnKept) {

    private static final Duration SHORTEST_LEASE = Duration.ofMillis(500);

    SyncProperties {
        if (maxDeadLetterShare < 0 || maxDeadLetterShare > 1) {
            throw new IllegalArgumentException(
                    "vitrine.sync.max-dead-letter-share is %s: set a share from 0 to 1".formatted(maxDeadLetterShare));
        }
        if (rebuilds < 1) {
            throw new IllegalArgumentException("vitrine.sync.rebuilds is %d: set at least 1".formatted(rebuilds));
        }
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("vitrine.sync.lease is %s: set at least 500ms".formatted(lease));
        }
    }
}
