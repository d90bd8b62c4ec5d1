package dev.vitrine.query;

/// The cursor leads on in a table that is not there any more: what it was read from has been replaced by another table,
/// or was set back to an earlier state. The message says so to callers of the API.
public final class CursorExpired extends RuntimeException {

    /// @param entity name of the collection
    public CursorExpired(String entity) {
        super(
                "%s were replaced since this cursor was handed out, so the pages after it cannot be told from those before: start again from the first page"
                        .formatted(entity));
    }
}
