package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.SqlParameter;
import com.azure.cosmos.models.SqlQuerySpec;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.store.KeptValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// The rows of a load. A row whose key is there already makes all of that key's rows letters. Each carries who wrote it
/// and
/// its number, so that a write whose answer was lost is not taken for another row; and how many files were kept when it
/// came, so that what came after the last mark is known.
final class LoadedRows {

    private final CosmosWriter writer;
    private final Container container;
    private final Writes writes;
    private final Transition transition;
    private final int resumedAt;
    private int keptFiles;
    private long lastRow;
    private SessionTokens session;

    LoadedRows(CosmosWriter writer, Container container, Building building) {
        this.writer = writer;
        this.container = container;
        this.writes = writer.containers().writes(container);
        this.transition = new Transition(
                building.origin().revision(),
                false,
                KeptValues.instant(KeptValues.micros(writer.containers().clock().instant())));
        this.resumedAt = building.files();
        this.keptFiles = building.files();
        this.session = building.generation().at().session();
    }

    SessionTokens session() {
        return session;
    }

    void kept(Building building) {
        keptFiles = building.files();
    }

    void add(List<? extends EntityChange> rows) {
        Map<String, List<Step>> byKey = new LinkedHashMap<>();
        for (EntityChange row : rows) {
            byKey.computeIfAbsent(id(row), absent -> new ArrayList<>())
                    .add(Step.of(row, container.items().columns(), transition.by()));
        }
        List<Pending> states = new ArrayList<>();
        byKey.forEach((id, changes) -> {
            lastRow += changes.size();
            states.add(state(Pending.of(id, Stored.NOTHING, false), changes, lastRow));
        });
        session = new WriteLoop(writes, session).run(withLetterIds(states), (state, found) -> {
            Items.Segment mine = state.segment();
            if (mine != null && mine.equals(found.segment())) {
                return null;
            }
            KeyState there = isLeftOver(found) ? KeyState.ABSENT : found.state();
            Pending over = Pending.of(state.id(), new Stored(there, found.etag(), found.version(), false, null), false);
            List<Step> changes = byKey.getOrDefault(state.id(), List.of());
            Pending next = state(over, changes, mine == null ? 0 : mine.row());
            return withLetterIds(List.of(next)).getFirst();
        });
    }

    private Pending state(Pending over, List<Step> changes, long row) {
        KeyState after = transition.apply(over.after(), changes);
        List<Copy> copies = new ArrayList<>();
        for (Copy copy : after.copies()) {
            copies.add(copy.segment() == Copy.NO_SEGMENT ? copy.in(keptFiles) : copy);
        }
        return over.to(
                        new KeyState(copies, after.dismissed(), after.reason()),
                        transition.by().version())
                .in(new Items.Segment(keptFiles, writer.token(), row));
    }

    /// Whether a writer that was fenced since wrote it, after the mark from which this load was gone on with.
    private boolean isLeftOver(Stored found) {
        Items.Segment segment = found.segment();
        return segment != null && segment.token() != writer.token() && segment.files() >= resumedAt;
    }

    private List<Pending> withLetterIds(List<Pending> states) {
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

    private String id(EntityChange row) {
        if (row instanceof Deleted) {
            throw new IllegalArgumentException("a snapshot deletes nothing");
        }
        return Objects.requireNonNull(Step.id(row, container.items().placement()));
    }

    /// Takes out the rows that came after the last mark.
    void takeOutUnkept() {
        SqlQuerySpec query =
                new SqlQuerySpec("SELECT c.id, c.p FROM c WHERE c.s >= @kept", new SqlParameter("@kept", keptFiles));
        TreeSet<String> keys = new TreeSet<>();
        container
                .query("look for unkept rows", query, session)
                .forEach(item -> keys.add(item.path("p").textValue()));
        List<Pending> states = new ArrayList<>();
        container.read(List.copyOf(keys), session).forEach((id, found) -> states.add(withoutUnkept(id, found)));
        session = new WriteLoop(writes, session).run(states, (state, found) -> {
            Pending next = withoutUnkept(state.id(), found);
            return next.after().equals(found.state()) ? null : next;
        });
    }

    private Pending withoutUnkept(String id, Stored found) {
        List<Copy> kept = found.state().copies().stream()
                .filter(copy -> copy.segment() < keptFiles)
                .toList();
        KeyState before = new KeyState(kept, 0, found.state().reason());
        KeyState after = before.isLive()
                ? new KeyState(
                        List.of(kept.getFirst()
                                .servedBy(
                                        transition.by().version(),
                                        KeptValues.micros(transition.by().commitTime()))),
                        0,
                        null)
                : before;
        int segment = kept.stream().mapToInt(Copy::segment).max().orElse(0);
        return Pending.of(id, found, false)
                .to(after, transition.by().version())
                .in(new Items.Segment(segment, writer.token(), 0));
    }
}
