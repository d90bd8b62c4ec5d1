package dev.vitrine.store;

import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row that cannot be served.
///
/// @param id of one letter of a table, never used again; newer ones are greater
/// @param version whose commit or snapshot made it a letter
/// @param key null if the key itself is missing or unreadable
/// @param row the row as JSON
@SuppressWarnings("ArrayRecordComponent")
public record DeadLetter(
        long id,
        String table,
        long version,
        @Nullable EntityKey key,
        Reason reason,
        String detail,
        byte[] row,
        Instant firstSeen,
        Instant lastSeen) {}
