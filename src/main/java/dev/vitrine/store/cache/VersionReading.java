package dev.vitrine.store.cache;

import dev.vitrine.store.Answer;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.cache.NearCache.Name;
import dev.vitrine.store.cache.SharedCache.Mark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a question finds that is about many entities is good for the version that it was read at, and no other.
///
/// @param layout fingerprint of what the asking table wants
/// @param form how answers are kept
/// @param store answers questions
record VersionReading<Q, V>(
        Known known,
        Chain.State state,
        Caches caches,
        String layout,
        Form<Q, V> form,
        Function<List<Q>, Answer<List<V>>> store)
        implements Reading<Q, V> {

    /// How answers of one kind are kept.
    interface Form<Q, V> {

        Class<V> type();

        /// How the shared cache calls the answer: the same for equal questions, and for those alone.
        String id(Q asked, String layout);

        byte[] bytes(Q asked, V answer);

        V answer(Q asked, byte[] bytes);

        /// Bytes that it takes in memory, by estimate.
        int size(V answer);
    }

    /// Names an answer in the near cache.
    private record Asked(String layout, At at, Object question) {}

    @Override
    public Name name(Q asked) {
        return new Name(known.space(), new Asked(layout, known.at(), asked));
    }

    @Override
    public Class<V> type() {
        return form.type();
    }

    private @Nullable Mark mark() {
        Mark mark = state.mark();
        return mark == null ? null : new Mark(mark.turn(), known.at());
    }

    @Override
    public Map<Q, V> shared(List<Q> asked) {
        SharedCache shared = caches.shared();
        Mark mark = mark();
        if (shared == null || mark == null) {
            return Map.of();
        }
        Map<String, Q> ids = new HashMap<>();
        asked.forEach(question -> ids.put(form.id(question, layout), question));
        Map<Q, V> found = new HashMap<>();
        shared.pages(known.space(), mark, ids.keySet()).forEach((id, bytes) -> {
            Q question = ids.get(id);
            if (question != null) {
                V answer = form.answer(question, bytes);
                keepNear(question, answer);
                found.put(question, answer);
            }
        });
        return found;
    }

    @Override
    public Answer<List<V>> stored(List<Q> asked) {
        return store.apply(asked);
    }

    @Override
    public void keep(Q asked, V answer, Checkpoint asOf) {
        if (!asOf.equals(known.checkpoint())) {
            return;
        }
        keepNear(asked, answer);
        SharedCache shared = caches.shared();
        Mark mark = mark();
        if (shared != null && mark != null) {
            shared.keepPage(known.space(), mark, form.id(asked, layout), form.bytes(asked, answer));
        }
    }

    private void keepNear(Q asked, V answer) {
        caches.near().put(name(asked), known.chain(), state.link(), known.at(), answer, form.size(answer));
    }
}
