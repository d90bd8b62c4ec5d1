package dev.vitrine.store.cosmos;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.KeptValues;
import org.jspecify.annotations.Nullable;

/// A change of the rows under a key, in the form in which it is kept.
sealed interface Step {

    /// A row came.
    ///
    /// @param replaces whether it takes the place of another one
    /// @param reason why it cannot be served; null: it can
    record Added(
            Copy copy,
            boolean replaces,
            @Nullable Reason reason,
            @Nullable String detail) implements Step {}

    /// A row went.
    ///
    /// @param hash of the row; null: any
    /// @param only whether it is nothing if there is no such row
    record Gone(@Nullable String hash, boolean only) implements Step {}

    /// Which item a change is about; null: a row without key of which nothing else is known.
    static @Nullable String id(EntityChange change, Placement placement) {
        return switch (change) {
            case Upserted row -> placement.id(row.key());
            case Unservable row -> id(row.key(), row.row(), placement);
            case Deleted row -> id(row.key(), row.row(), placement);
        };
    }

    private static @Nullable String id(@Nullable EntityKey key, byte @Nullable [] row, Placement placement) {
        if (key != null) {
            return placement.id(key);
        }
        return row == null ? null : Ids.ofKeyless(Ids.hash(row));
    }

    /// @param by the commit or snapshot that it belongs to
    static Step of(EntityChange change, Columns columns, Revision by) {
        return switch (change) {
            case Deleted row -> new Gone(row.row() == null ? null : Ids.hash(row.row()), row.key() == null);
            case Unservable row -> added(row, false, columns, by);
            case Upserted row -> {
                Copy copy = Copy.of(row, columns, by.version(), KeptValues.micros(by.commitTime()));
                yield Items.fits(copy)
                        ? new Added(copy, !row.insert(), null, null)
                        : added(tooLarge(row), !row.insert(), columns, by);
            }
        };
    }

    private static Added added(Unservable row, boolean replaces, Columns columns, Revision by) {
        Copy copy = Copy.of(row, columns, by.version(), KeptValues.micros(by.commitTime()));
        return new Added(copy, replaces, row.reason(), row.detail());
    }

    private static Unservable tooLarge(Upserted row) {
        return new Unservable(
                row.key(),
                Reason.DOCUMENT_TOO_LARGE,
                "the document has %d bytes, more than an item can hold".formatted(row.document().length),
                row.document());
    }

    /// About how much memory it takes.
    default int weight() {
        return switch (this) {
            case Added added -> added.copy().weight();
            case Gone gone -> 200;
        };
    }
}
