package dev.vitrine.store;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.Revision;
import java.util.List;

/// Applies commits to the served generation; readers see all of them at once, at [#publish]. One thread.
///
/// Calls: `begin apply* end` per commit, in order of versions, then `publish`, then `close`.
public interface ChangeWriter extends AutoCloseable {

    /// The changes that follow belong to this commit.
    void begin(Revision revision);

    /// Some rows of the commit, in any order: an upsert of a key wins over every delete of it in the same commit; two
    /// upserts of one key, or an insert of a key that is live and not deleted in this commit, withhold all copies as
    /// dead letters.
    void apply(List<? extends EntityChange> changes);

    /// The commit is complete.
    void end();

    /// Makes everything visible and moves the checkpoint, in one step.
    ///
    /// @param commitFile see [Checkpoint#commitFile()]
    void publish(Revision revision, String commitFile);

    /// Takes back what was not published.
    @Override
    void close();
}
