package dev.vitrine.store.cache;

import dev.vitrine.store.Answer;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.cache.NearCache.Name;
import java.util.List;
import java.util.Map;

/// How one reader finds answers to questions of one kind, going by what it knew when it began. One thread.
///
/// @param <Q> a key, a request for a page, a filter to count by
/// @param <V> what is found
interface Reading<Q, V> {

    /// What the reader goes by.
    Known known();

    /// The chain as it was when the reader began.
    Chain.State state();

    /// How the near cache calls the answer.
    Name name(Q asked);

    /// The class of answers.
    Class<V> type();

    /// What the shared cache has, which is kept near too.
    Map<Q, V> shared(List<Q> asked);

    /// What the store has, in the order of the questions, all as of one checkpoint.
    Answer<List<V>> stored(List<Q> asked);

    /// Keeps what the store had at a checkpoint, where it is good for anything.
    void keep(Q asked, V found, Checkpoint asOf);
}
