package dev.vitrine.store.cosmos;

import dev.vitrine.store.StoreFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes states until all are there. What failed on its condition, or got no answer, is read again: what is there then
/// decides whether the state is written already, or has to be written over it.
///
/// @param session what has to be seen at least
record WriteLoop(Writes writes, SessionTokens session) {

    private static final int AT_ONCE = 1000;

    /// What is to be done about a state that could not be written because of what is there.
    interface Decision {

        /// @return null: nothing, what is there is it, or newer
        @Nullable
        Pending decide(Pending state, Stored found);
    }

    /// @return how far the container was written by this
    /// @throws StoreFailure if the service refuses, or is busy or out of reach for longer than
    ///     [Calls#patience]
    SessionTokens run(List<Pending> states, Decision decision) {
        SessionTokens seen = session;
        for (int from = 0; from < states.size(); from += AT_ONCE) {
            seen = runSome(states.subList(from, Math.min(from + AT_ONCE, states.size())), decision, seen);
        }
        return seen;
    }

    private SessionTokens runSome(List<Pending> states, Decision decision, SessionTokens before) {
        SessionTokens seen = before;
        List<Pending> open = states;
        Calls.Rests rests = new Calls.Rests(writes.target().calls().patience());
        while (true) {
            List<Writes.Result> uncertain = new ArrayList<>();
            for (Writes.Result result : writes.write(open)) {
                seen = seen.with(result.session());
                if (!result.isDone()) {
                    if (!result.isUncertain()) {
                        throw failure(result);
                    }
                    uncertain.add(result);
                }
            }
            if (uncertain.isEmpty()) {
                return seen;
            }
            if (!rests.rest(null)) {
                throw failure(uncertain.getFirst());
            }
            open = decide(uncertain, decision, seen);
        }
    }

    private List<Pending> decide(List<Writes.Result> uncertain, Decision decision, SessionTokens seen) {
        Map<String, Stored> found = new HashMap<>(writes.target()
                .read(uncertain.stream().map(result -> result.pending().id()).toList(), seen));
        List<Pending> open = new ArrayList<>();
        for (Writes.Result result : uncertain) {
            Pending state = result.pending();
            Stored there = found.getOrDefault(state.id(), Stored.NOTHING);
            Pending next = decision.decide(state, there);
            if (next != null) {
                open.add(next);
            }
        }
        return open;
    }

    private StoreFailure failure(Writes.Result result) {
        return new StoreFailure("cannot write to %s: Cosmos DB answered %d/%d for item %s of container %s, %s"
                .formatted(
                        writes.target().calls().entity(),
                        result.status(),
                        result.substatus(),
                        result.pending().id(),
                        writes.target().name(),
                        result.message()));
    }
}
