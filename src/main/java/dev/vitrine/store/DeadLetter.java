package dev.vitrine.store;

import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row that cannot be served.
///
/// @param row the row as JSON
@SuppressWarnings("ArrayRecordComponent")
public record DeadLetter(
        String table,
        long version,
        @Nullable EntityKey key,
        Reason reason,
        String detail,
        byte[] row,
        Instant firstSeen,
        Instant lastSeen) {}
