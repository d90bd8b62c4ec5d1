package dev.vitrine.store.cosmos;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.KeptValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Puts what the gold table holds of some keys in the place of what is stored of them, key by key. Entities are counted
/// afterwards; that they have to be is noted before.
record Replay(CosmosWriter writer, Generation served) {

    void run(Collection<EntityKey> keys, boolean keyless, List<? extends EntityChange> rows) {
        Container container = writer.table().container(served);
        SessionTokens session = served.at().session();
        Map<String, List<Step>> byKey = byKey(rows, keyless);
        Set<String> ids = new LinkedHashSet<>();
        keys.forEach(key -> ids.add(container.items().placement().id(key)));
        if (keyless) {
            ids.addAll(new Letters(container, session).keyless());
            byKey.keySet().stream().filter(Ids::isKeyless).forEach(ids::add);
        }
        writer.moved(served, served.at().uncounted());
        Map<String, Stored> there = container.read(List.copyOf(ids), session);
        List<Pending> states = new ArrayList<>();
        for (String id : ids) {
            Stored found = there.getOrDefault(id, Stored.NOTHING);
            if (found.version() <= version()) {
                states.add(state(id, found, byKey.getOrDefault(id, List.of())));
            }
        }
        SessionTokens seen = new WriteLoop(writer.containers().writes(container), session)
                .run(
                        numbered(states),
                        (state, found) ->
                                Objects.equals(found.etag(), state.before().etag()) ? state : null);
        writer.counted(writer.moved(served, served.at().uncounted().seeing(seen)));
    }

    private Map<String, List<Step>> byKey(List<? extends EntityChange> rows, boolean keyless) {
        Items items = writer.table().container(served).items();
        Map<String, List<Step>> byKey = new HashMap<>();
        for (EntityChange row : rows) {
            if (row instanceof Deleted) {
                throw new IllegalArgumentException("a snapshot deletes nothing");
            }
            String id = Objects.requireNonNull(Step.id(row, items.placement()));
            if (keyless || !Ids.isKeyless(id)) {
                byKey.computeIfAbsent(id, absent -> new ArrayList<>())
                        .add(Step.of(row, items.columns(), served.at().revision()));
            }
        }
        return byKey;
    }

    private Pending state(String id, Stored found, List<Step> rows) {
        Transition transition = new Transition(
                served.at().revision(),
                false,
                KeptValues.instant(KeptValues.micros(writer.containers().clock().instant())));
        KeyState after = transition.apply(KeyState.ABSENT, rows);
        return Pending.of(id, found, found.liveBefore()).to(firstSeen(found.state(), after), version());
    }

    /// An equal row keeps when it was first seen.
    private static KeyState firstSeen(KeyState before, KeyState after) {
        Map<String, Instant> seen = new HashMap<>();
        for (Copy copy : before.copies()) {
            Copy.Letter letter = copy.letter();
            if (letter != null) {
                seen.merge(copy.hash(), letter.firstSeen(), (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        List<Copy> copies = new ArrayList<>();
        for (Copy copy : after.copies()) {
            Copy.Letter letter = copy.letter();
            Instant first = seen.get(copy.hash());
            copies.add(letter == null || first == null ? copy : copy.as(letter.firstSeen(first)));
        }
        return new KeyState(copies, after.dismissed(), after.reason());
    }

    private List<Pending> numbered(List<Pending> states) {
        int count = states.stream().mapToInt(Pending::lettersWithoutId).sum();
        if (count == 0) {
            return states;
        }
        long next = writer.control().letters(writer.token(), count);
        List<Pending> numbered = new ArrayList<>();
        for (Pending state : states) {
            numbered.add(state.withLetterIds(next));
            next += state.lettersWithoutId();
        }
        return numbered;
    }

    private long version() {
        return served.at().revision().version();
    }
}
