package dev.vitrine.graphql.fetch;

import dev.vitrine.rest.AskedEntities;
import dev.vitrine.rest.AskedEntities.Outcome;
import java.util.HashMap;
import java.util.Map;

/// What a request reads, and what becomes of it. One request, any threads.
final class Asked {

    private final Map<String, Outcome> outcomes = new HashMap<>();
    private int reads;
    private boolean manyAtOnce;

    /// A read of an entity collection.
    ///
    /// @param oneByKey whether it is of one entity, by its key
    synchronized void note(String entity, Outcome outcome, boolean oneByKey) {
        outcomes.merge(entity, outcome, (one, other) -> one.compareTo(other) >= 0 ? one : other);
        reads++;
        manyAtOnce |= !oneByKey;
    }

    synchronized AskedEntities all() {
        return new AskedEntities(outcomes, reads == 1 && !manyAtOnce);
    }
}
