package dev.vitrine.store.cache;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// One load a name at a time: who comes meanwhile waits for it. Threads may share it.
final class Flights<K, V> {

    private final ConcurrentHashMap<K, CompletableFuture<V>> running = new ConcurrentHashMap<>();

    /// What the names stand for, in their order.
    ///
    /// @param names each once
    /// @param load of those that nobody loads just now, in the order of what it is given; its exception is thrown to
    ///     all who wait
    List<V> join(List<K> names, Function<List<K>, List<V>> load) {
        Map<K, CompletableFuture<V>> mine = new LinkedHashMap<>();
        List<CompletableFuture<V>> all = new ArrayList<>(names.size());
        for (K name : names) {
            CompletableFuture<V> own = new CompletableFuture<>();
            CompletableFuture<V> other = running.putIfAbsent(name, own);
            if (other == null) {
                mine.put(name, own);
            }
            all.add(other == null ? own : other);
        }
        // what others wait for comes before the wait for others
        if (!mine.isEmpty()) {
            fly(mine, load);
        }
        return all.stream().map(Flights::await).toList();
    }

    private void fly(Map<K, CompletableFuture<V>> mine, Function<List<K>, List<V>> load) {
        try {
            List<V> loaded = load.apply(List.copyOf(mine.keySet()));
            int next = 0;
            for (CompletableFuture<V> flight : mine.values()) {
                flight.complete(loaded.get(next++));
            }
        } catch (RuntimeException | Error e) {
            mine.values().forEach(flight -> flight.completeExceptionally(e));
        } finally {
            mine.forEach(running::remove);
        }
    }

    private static <V> V await(CompletableFuture<V> flight) {
        try {
            return flight.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
