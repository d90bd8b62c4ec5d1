package dev.vitrine.store.cosmos;

import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of the gold table, as it is kept: that of an entity, or a letter.
///
/// @param row as JSON
/// @param hash of the row: rows with equal ones are equal
/// @param values kept index values, one for each of the columns; those of the key alone for a row that cannot be served
/// @param written version of the commit that wrote the row
/// @param committed when that was, in microseconds
/// @param segment of a load in which the row came; [#NO_SEGMENT]: a commit brought it
/// @param letter null: it is none
@SuppressWarnings("ArrayRecordComponent")
record Copy(
        byte[] row,
        String hash,
        List<@Nullable Object> values,
        boolean servable,
        long written,
        long committed,
        int segment,
        @Nullable Letter letter) {

    static final int NO_SEGMENT = -1;

    /// What makes a row a letter.
    ///
    /// @param item id of its item
    /// @param id see [dev.vitrine.store.DeadLetter#id()]; 0: none is given yet
    /// @param version that made it one
    record Letter(
            String item, long id, long version, Reason reason, String detail, Instant firstSeen, Instant lastSeen) {

        Letter withId(long given) {
            return new Letter(item, given, version, reason, detail, firstSeen, lastSeen);
        }

        Letter firstSeen(Instant seen) {
            return new Letter(item, id, version, reason, detail, seen, lastSeen);
        }
    }

    static Copy of(Upserted row, Columns columns, long version, long committed) {
        List<@Nullable Object> values = new ArrayList<>(row.indexed().size());
        for (int i = 0; i < row.indexed().size(); i++) {
            values.add(columns.indexed().get(i).encode(row.indexed().get(i)));
        }
        return new Copy(row.document(), Ids.hash(row.document()), values, true, version, committed, NO_SEGMENT, null);
    }

    static Copy of(Unservable row, Columns columns, long version, long committed) {
        EntityKey key = row.key();
        List<@Nullable Object> values = new ArrayList<>();
        for (Column column : columns.indexed()) {
            int part = columns.key().indexOf(column);
            values.add(
                    key == null || part < 0 ? null : column.encode(key.values().get(part)));
        }
        return new Copy(row.row(), Ids.hash(row.row()), values, false, version, committed, NO_SEGMENT, null);
    }

    Copy as(@Nullable Letter made) {
        return new Copy(row, hash, values, servable, written, committed, segment, made);
    }

    /// Served again by a commit.
    Copy servedBy(long version, long at) {
        return new Copy(row, hash, values, servable, version, at, segment, null);
    }

    Copy in(int loadSegment) {
        return new Copy(row, hash, values, servable, written, committed, loadSegment, letter);
    }

    /// About how much memory it takes.
    int weight() {
        int weight = row.length + 500;
        for (Object value : values) {
            weight += value instanceof String text ? 2 * text.length() + 60 : 40;
        }
        return weight;
    }
}
