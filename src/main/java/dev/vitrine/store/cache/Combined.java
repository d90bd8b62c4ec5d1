package dev.vitrine.store.cache;

import dev.vitrine.store.Answer;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.cache.Caches.Source;
import dev.vitrine.store.cache.NearCache.Name;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Answers that come partly from caches and partly from the store, all of one state: else all are read from the store.
/// Threads may share it.
final class Combined<Q, V> {

    private final Caches caches;
    private final Flights<Name, Answer<V>> flights = new Flights<>();

    Combined(Caches caches) {
        this.caches = caches;
    }

    /// Answers in the order of the questions.
    Answer<List<V>> read(List<Q> wanted, Reading<Q, V> reading) {
        Known known = reading.known();
        Map<Q, V> found = new HashMap<>();
        for (Q asked : wanted) {
            Object near = caches.near().get(reading.name(asked), reading.state(), known.at());
            if (near != null) {
                found.put(asked, reading.type().cast(near));
            }
        }
        List<Q> others = missing(wanted, found);
        if (others.isEmpty()) {
            caches.answered(Source.NEAR);
            return new Answer<>(known.checkpoint(), inOrder(wanted, found), known.age());
        }
        List<Answer<V>> loaded = load(others, reading);
        Checkpoint asOf = found.isEmpty() ? loaded.getFirst().asOf() : known.checkpoint();
        // a load that another reader began may be older than what this one goes by
        if (!isFrom(asOf, known)
                || loaded.stream().anyMatch(answer -> !answer.asOf().equals(asOf))) {
            return reading.stored(wanted);
        }
        Duration age = found.isEmpty() ? Duration.ZERO : known.age();
        for (int i = 0; i < others.size(); i++) {
            found.put(others.get(i), loaded.get(i).value());
            age = age.compareTo(loaded.get(i).age()) < 0 ? loaded.get(i).age() : age;
        }
        return new Answer<>(asOf, inOrder(wanted, found), age);
    }

    private List<Answer<V>> load(List<Q> wanted, Reading<Q, V> reading) {
        Map<Name, Q> named = new HashMap<>();
        List<Name> names = new ArrayList<>(wanted.size());
        for (Q asked : wanted) {
            Name name = reading.name(asked);
            named.put(name, asked);
            names.add(name);
        }
        return flights.join(
                names,
                mine -> loadNow(
                        mine.stream()
                                .map(name -> Objects.requireNonNull(named.get(name)))
                                .toList(),
                        reading));
    }

    private List<Answer<V>> loadNow(List<Q> wanted, Reading<Q, V> reading) {
        Known known = reading.known();
        Map<Q, Answer<V>> found = new HashMap<>();
        reading.shared(wanted)
                .forEach((asked, value) -> found.put(asked, new Answer<>(known.checkpoint(), value, known.age())));
        List<Q> others = missing(wanted, found);
        if (!others.isEmpty()) {
            Answer<List<V>> answer = reading.stored(others);
            for (int i = 0; i < others.size(); i++) {
                V value = answer.value().get(i);
                reading.keep(others.get(i), value, answer.asOf());
                found.put(others.get(i), new Answer<>(answer.asOf(), value, answer.age()));
            }
        }
        caches.answered(others.isEmpty() ? Source.SHARED : Source.STORE);
        return inOrder(wanted, found);
    }

    private static boolean isFrom(Checkpoint asOf, Known known) {
        return asOf.generation() != known.checkpoint().generation()
                || At.of(asOf).isFrom(known.at());
    }

    private static <Q> List<Q> missing(List<Q> wanted, Map<Q, ?> found) {
        return wanted.stream()
                .filter(asked -> !found.containsKey(asked))
                .distinct()
                .toList();
    }

    private static <Q, T> List<T> inOrder(List<Q> wanted, Map<Q, T> found) {
        return wanted.stream()
                .map(asked -> Objects.requireNonNull(found.get(asked)))
                .toList();
    }
}
