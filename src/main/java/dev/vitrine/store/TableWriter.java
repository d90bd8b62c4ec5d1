package dev.vitrine.store;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Changes a stored table. Each method may be called by one thread at a time; a [GenerationWriter] may be filled on
/// another thread while changes are applied to the served generation. Nothing is to be closed.
///
/// Once a newer writer has taken over, nothing that is done with this one, or with the writers it gives, is seen by
/// readers or by the newer writer: [WriterFenced] is thrown, at the latest where it would become visible.
public interface TableWriter {

    /// Starts applying commits after the checkpoint of the served generation.
    ///
    /// @throws IllegalStateException if nothing is served, or in another layout
    ChangeWriter changes();

    /// Starts a new generation of that origin, beside the served one; what an unfinished one left behind is thrown
    /// away.
    GenerationWriter rebuild(Origin origin);

    /// What a killed or closed writer left of a generation of this table's layout; empty if nothing, or if it is of
    /// another layout, damaged or in use.
    Optional<GenerationWriter> unfinished();

    /// Keeps the worker's state for other processes to see, at once: also while a [ChangeWriter] is open.
    void report(SyncStatus status);

    /// Removes letters of the served generation; their keys stay withheld.
    ///
    /// @return how many were there
    int dismiss(Collection<Long> ids);

    /// Puts letters right, in one transaction, at the checkpoint's revision: forgets all letters and the withheld mark
    /// of `keys`, and the keyless letters if `keyless`, then puts in what the gold table holds of them. A key with one
    /// servable row is served again, all else becomes letters again; an equal row keeps its [DeadLetter#firstSeen()].
    ///
    /// @param rows all rows of the gold table with one of the keys, and without a key if `keyless`, at the version of
    ///     the checkpoint
    void replay(Collection<EntityKey> keys, boolean keyless, List<? extends EntityChange> rows);

    /// To be called now and then: removes letters last seen before that, retired generations, unfinished ones that are
    /// not in use by a writer of this process and older than ten minutes, and traces of deleted rows in the store's
    /// files. What is
    /// in use just then is left for the next time.
    void tidy(Instant lettersBefore);
}
