package dev.vitrine.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a row of a snapshot or of the change feed means for an entity. Pre-images are not among them.
public sealed interface EntityChange {

    /// The entity is now this.
    ///
    /// @param document as in [Entity#document()]
    /// @param indexed one value per [dev.vitrine.contract.GoldTable#indexed()], in that order; null where the row has
    /// none
    /// @param insert a new row (every row of a snapshot is); false: the post-image of an update
    @SuppressWarnings("ArrayRecordComponent")
    record Upserted(EntityKey key, byte[] document, List<@Nullable Object> indexed, boolean insert)
            implements EntityChange {}

    /// A row is gone; so is the entity, unless the same commit writes its key again.
    ///
    /// @param key null if the key itself is missing or unreadable: such a row was never served, but may lie among the
    /// dead letters
    /// @param row what the deleted row was: [Upserted#document()] if it could be served, else [Unservable#row()]; null
    /// where only its key was read
    @SuppressWarnings("ArrayRecordComponent")
    record Deleted(@Nullable EntityKey key, byte @Nullable [] row) implements EntityChange {

        /// Of which only the key is known.
        public Deleted(EntityKey key) {
            this(key, null);
        }
    }

    /// The row exists but cannot be served: the entity is withheld and the row kept as a dead letter.
    ///
    /// @param key null if the key itself is missing or unreadable
    /// @param reason countable
    /// @param detail what is wrong, with column and value
    /// @param row the row as JSON, as far as it could be read
    @SuppressWarnings("ArrayRecordComponent")
    record Unservable(@Nullable EntityKey key, Reason reason, String detail, byte[] row) implements EntityChange {}

    /// Why a row cannot be served.
    enum Reason {
        NULL_KEY,
        DUPLICATE_KEY,
        NULL_REQUIRED,
        VALUE_OUT_OF_TYPE,
        DOCUMENT_TOO_LARGE
    }
}
