package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Removes letters; a key stays withheld as long as it has rows.
record Dismissal(CosmosWriter writer, Generation served) {

    int run(Collection<Long> ids) {
        Container container = writer.table().container(served);
        SessionTokens session = served.at().session();
        Set<Long> gone = new HashSet<>(ids);
        Set<String> keys = new HashSet<>();
        List<ObjectNode> letters = new Letters(container, session).withIds(gone);
        letters.forEach(letter -> keys.add(letter.path("p").textValue()));
        List<Pending> states = new ArrayList<>();
        container.read(List.copyOf(keys), session).forEach((id, found) -> states.add(without(gone, id, found)));
        SessionTokens seen = new WriteLoop(writer.containers().writes(container), session)
                .run(states, (state, found) -> {
                    Pending next = without(gone, state.id(), found);
                    return next.after().equals(found.state()) ? null : next;
                });
        writer.moved(served, served.at().seeing(seen));
        return letters.size();
    }

    private static Pending without(Set<Long> gone, String id, Stored found) {
        List<Copy> left = found.state().copies().stream()
                .filter(copy ->
                        copy.letter() == null || !gone.contains(copy.letter().id()))
                .toList();
        int removed = found.state().copies().size() - left.size();
        // of rows without key nothing has to be known but their letters
        int dismissed = Ids.isKeyless(id) ? 0 : found.state().dismissed() + removed;
        KeyState after = new KeyState(left, dismissed, found.state().reason());
        return Pending.of(id, found, found.liveBefore()).to(after, found.version());
    }
}
