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
@ConfigurationProperties("vitrine.sync")
record SyncProperties(
        @DefaultValue("4") int rebuilds,
        @DefaultValue("8MB") DataSize readAhead,
        @DefaultValue("1s") Duration retryAfter,
        @DefaultValue("30s") Duration retryAtMost) {
    SyncProperties {
        if (rebuilds < 1) {
            throw new IllegalArgumentException("vitrine.sync.rebuilds is %d: set at least 1".formatted(rebuilds));
        }
    }
}
