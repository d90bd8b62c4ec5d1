package dev.vitrine.store;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.Revision;
import java.util.List;

/// Fills a new generation of a table, beside the served one. One thread.
///
/// Calls: `add*`, `seal`, `swap`, `close`. Killed or closed before `swap`, nothing of it is ever served.
public interface GenerationWriter extends AutoCloseable {

    /// Some rows of the snapshot.
    ///
    /// @param revision the version of the snapshot
    void add(Revision revision, List<? extends EntityChange> rows);

    /// Builds the indexes, withholds duplicate keys; returns how many rows were added, servable or not.
    long seal();

    /// Serves this generation from now on, in one step for readers, and drops the one before.
    ///
    /// @throws IllegalStateException if an equal or newer revision of the same epoch is served already and `revision`
    /// is older
    void swap(String tableId, Revision revision, String commitFile);

    @Override
    void close();
}
