package dev.vitrine.store;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.Revision;
import java.util.List;

/// Applies commits to a generation; readers see all of them at once, at [#publish]. One thread.
///
/// Calls: `begin apply* end` or `reject` per commit, in order of versions, then `publish`, then `close`.
///
/// What becomes of a key follows from how many rows have it after the commit: those before it, less the deleted ones,
/// plus the inserted ones (the post-image of an update replaces one, and rows cannot become less than none by that).
/// No row: the entity is absent. One servable row: it is served. Otherwise the key is withheld, and each row is a dead
/// letter.
/// - Of a withheld key, a delete removes the letter with an equal row, else the oldest; a post-image replaces the
///   oldest. Left with one servable letter, the key is served again, at the revision of the commit that did it.
/// - A delete without key removes one letter without key and with an equal row.
/// - In a generation that diverges ([Checkpoint#divergedSince]) a new row of a live key replaces it.
public interface ChangeWriter extends AutoCloseable {

    /// The changes that follow belong to this commit.
    void begin(Revision revision);

    /// Some rows of the commit, in any order.
    void apply(List<? extends EntityChange> changes);

    /// The commit is complete.
    ///
    /// @return what it does; nothing is visible yet
    CommitEffect end();

    /// Instead of `begin`, `apply` and `end`: the commit is left out, and what is served diverges from the gold table
    /// since it: [Checkpoint#divergedSince].
    void reject(Revision revision);

    /// Makes everything visible and moves the checkpoint, in one step.
    ///
    /// @param commitFile see [Checkpoint#commitFile()]
    /// @throws WriterFenced if a newer writer has taken over; nothing of it is visible then
    void publish(Revision revision, String commitFile);

    /// Takes back what was not published.
    @Override
    void close();
}
