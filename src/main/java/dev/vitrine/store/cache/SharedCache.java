package dev.vitrine.store.cache;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.Lookup;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A cache that processes share. It is a help and no more: what it cannot do is left out, and nothing throws. Threads
/// may share it.
///
/// A *space* is one load of a table. How far the cache is told of the changes of a space is its *mark*: a version, and
/// a turn that changes whenever changes were not told one by one. What is kept under a turn is good for each version
/// from the one it was read at up to the mark, because changes replace it.
public interface SharedCache {

    /// @param turn grows
    record Mark(long turn, At at) {}

    /// What a look brought.
    sealed interface Found {

        /// @param mark turn and version it was read at
        @SuppressWarnings("ArrayRecordComponent")
        record Entry(Mark mark, byte[] body) implements Found {}

        /// @param time when, by the cache's clock in milliseconds
        record Nothing(long time) implements Found {}
    }

    /// How it calls what is under a key.
    default String id(EntityKey key) {
        return Ids.of(key);
    }

    /// Looks for entities; those of which nothing is heard are left out.
    Map<String, Found> readAll(String space, List<String> ids);

    /// Keeps what a reader read from the store, unless something newer is there or changed meanwhile. Does not wait.
    ///
    /// @param mark turn of the mark that the reader knew before it read, and version that it read at
    /// @param revision of the entity; null: there is none
    /// @param time [Found.Nothing#time()] from before it read
    void fill(String space, String id, Mark mark, @Nullable At revision, byte[] body, long time);

    /// Pages and counts as they were read at a mark; those that are not there are left out.
    Map<String, byte[]> pages(String space, Mark mark, Collection<String> ids);

    /// Keeps a page or a count. Does not wait.
    void keepPage(String space, Mark mark, String id, byte[] body);

    /// Tells what a commit changed, here and to all processes. To be called after the store has it.
    ///
    /// @param outcomes what became of each key, by id; empty where that is not known; null: any may have changed
    void publish(String space, At from, At to, @Nullable Map<String, Outcome> outcomes);

    /// From now on the listener hears of this space.
    ///
    /// @param at version that the store has now
    /// @param table that the space is a load of
    void watch(String space, At at, GoldTable table);

    /// It hears nothing of this space any more.
    void forget(String space);

    /// Who hears of changes. Its methods are called by several threads.
    void listen(Listener listener);

    /// What a commit made of a key.
    ///
    /// @param lookup null: not known without reading it
    record Outcome(@Nullable Lookup lookup) {}

    /// Hears of changes.
    interface Listener {

        /// How far the cache is told of the changes of a space; comes again and again.
        void seen(String space, Mark mark);

        /// A commit was told; or, where the mark is the same before and now, some keys that the next one changes.
        ///
        /// @param ids whose keys changed; null: any may have
        void moved(String space, @Nullable Mark before, Mark now, @Nullable List<String> ids);

        /// Changes may have been missed.
        void lost();
    }
}
