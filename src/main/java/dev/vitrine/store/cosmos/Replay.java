package dev.vitrine.store.cosmos;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts what the gold table holds of some keys in the place of what is stored of them, key by key. Entities are counted
/// afterwards; that they have to be is noted before.
record Replay(CosmosWriter writer, Generation served) {

    void run(Collection<EntityKey> keys, boolean keyless, List<? extends EntityChange> rows) {
        Container container = writer.table().container(served);
        SessionTokens session = served.at().session();
        Map<String, List<EntityChange>> byKey = byKey(rows, keyless);
        Set<String> ids = new LinkedHashSet<>();
        keys.forEach(key -> ids.add(Ids.of(key)));
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

    private static Map<String, List<EntityChange>> byKey(List<? extends EntityChange> rows, boolean keyless) {
        Map<String, List<EntityChange>> byKey = new HashMap<>();
        for (EntityChange row : rows) {
            String id = id(row);
            if (keyless || !Ids.isKeyless(id)) {
                byKey.computeIfAbsent(id, absent -> new ArrayList<>()).add(row);
            }
        }
        return byKey;
    }

    private static String id(EntityChange row) {
        return switch (row) {
            case Upserted upserted -> Ids.of(upserted.key());
            case Unservable unservable -> id(unservable.key(), unservable.row());
            case Deleted deleted -> throw new IllegalArgumentException("a snapshot deletes nothing");
        };
    }

    private static String id(@Nullable EntityKey key, byte[] row) {
        return key == null ? Ids.ofKeyless(Ids.hash(row)) : Ids.of(key);
    }

    private Pending state(String id, Stored found, List<EntityChange> rows) {
        Transition transition = new Transition(
                writer.table().container(served).items().columns(),
                version(),
                Encoding.micros(served.at().revision().commitTime()),
                false,
                Encoding.instant(Encoding.micros(writer.containers().clock().instant())));
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
