package dev.vitrine.delta;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One commit of a [ScriptedTable].
///
/// @param changes as the feed tells them without whole rows
/// @param wholeRows the same with the rows that are gone
/// @param after all rows of the table, oldest first: a key may be there more than once
record ScriptedCommit(
        long version,
        List<EntityChange> changes,
        List<EntityChange> wholeRows,
        List<EntityChange> after,
        boolean feed,
        List<String> misfits) {

    static ScriptedCommit of(
            long version, List<EntityChange> script, List<EntityChange> before, boolean feed, List<String> misfits) {
        List<EntityChange> rows = new ArrayList<>(before);
        List<EntityChange> whole = new ArrayList<>();
        for (EntityChange change : script) {
            if (change instanceof Deleted deleted) {
                whole.add(remove(deleted.key(), deleted.row(), rows).orElse(deleted));
            } else if (change instanceof Upserted row && !row.insert()) {
                remove(row.key(), null, rows).ifPresent(whole::add);
            }
        }
        for (EntityChange change : script) {
            switch (change) {
                case Upserted row -> {
                    whole.add(new Upserted(row.key(), row.document(), row.indexed(), true));
                    rows.add(whole.getLast());
                }
                case Unservable row -> {
                    whole.add(row);
                    rows.add(row);
                }
                case Deleted deleted -> {}
            }
        }
        return new ScriptedCommit(version, withoutRows(script), List.copyOf(whole), List.copyOf(rows), feed, misfits);
    }

    /// Takes away the row that was meant: an equal one, else the oldest of the key.
    private static Optional<Deleted> remove(@Nullable EntityKey key, byte @Nullable [] row, List<EntityChange> rows) {
        List<EntityChange> copies =
                rows.stream().filter(copy -> Objects.equals(keyOf(copy), key)).toList();
        Optional<EntityChange> gone = copies.stream()
                .filter(copy -> row != null && Arrays.equals(rowOf(copy), row))
                .findFirst()
                .or(() -> copies.stream().findFirst());
        gone.ifPresent(rows::remove);
        return gone.map(copy -> new Deleted(key, rowOf(copy)));
    }

    private static List<EntityChange> withoutRows(List<EntityChange> script) {
        List<EntityChange> told = new ArrayList<>();
        for (EntityChange change : script) {
            if (!(change instanceof Deleted deleted)) {
                told.add(change);
            } else if (deleted.key() != null) {
                told.add(new Deleted(deleted.key()));
            }
        }
        return List.copyOf(told);
    }

    private static @Nullable EntityKey keyOf(EntityChange row) {
        return switch (row) {
            case Upserted served -> served.key();
            case Unservable letter -> letter.key();
            case Deleted deleted -> deleted.key();
        };
    }

    private static byte[] rowOf(EntityChange row) {
        return switch (row) {
            case Upserted served -> served.document();
            case Unservable letter -> letter.row();
            case Deleted deleted -> new byte[0];
        };
    }
}
