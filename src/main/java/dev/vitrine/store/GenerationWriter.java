package dev.vitrine.store;

import dev.vitrine.entity.EntityChange;
import java.util.List;

/// Fills a new generation of a table, beside the served one. One thread.
///
/// Calls: `add* keep*` in turn, `seal`, `changes`*, `removed`, `swap`; `close` always. Not swapped and not discarded,
/// what was kept can be gone on with after a kill or a close: [TableWriter#unfinished].
public interface GenerationWriter extends AutoCloseable {

    /// The snapshot it is loaded from.
    Origin origin();

    /// What is in it already: no files and rows for a new one.
    Kept kept();

    /// Some rows of the snapshot.
    void add(List<? extends EntityChange> rows);

    /// The first `files` files of the snapshot are in, with all that was added so far: from here a killed load goes
    /// on, or from a little before.
    void keep(int files);

    /// Builds the indexes, withholds duplicate keys. Called again, or on a sealed one left by a kill: the same answer.
    Sealed seal();

    /// Applies commits after the origin's, so that it catches up with the served one; published ones survive a kill.
    /// After [#seal].
    ChangeWriter changes();

    /// Where it stands, after [#seal].
    Checkpoint checkpoint();

    /// How many keys the served generation has (live) and this one has not (neither live nor withheld); 0 if nothing
    /// is served or the keys are of other columns. After [#seal].
    long removed();

    /// Serves this generation from now on, in one step for readers, and drops the one before.
    ///
    /// @throws IllegalStateException if the served revision is newer
    /// @throws WriterFenced if a newer writer has taken over
    void swap();

    /// Throws it away.
    void discard();

    @Override
    void close();
}
