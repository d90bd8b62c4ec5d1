package dev.vitrine.store.cosmos;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.CommitEffect;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Applies commits: works out, key by key, what they make of the stored states, and writes nothing before
/// [#publish]. So a commit that a guard holds leaves no trace. What is written then carries the version of its commit:
/// a writer that takes over after a kill in the middle finds it, and applies the commit to the rest.
final class CommitWriter implements ChangeWriter {

    private static final int LOOKED_UP_AT_ONCE = 1000;

    private final Target target;
    private final Container container;
    private final Columns columns;
    private final List<String> layout;
    private final Writes writes;
    private final Clock clock;
    private final Runnable ended;
    private final Map<String, Pending> states = new LinkedHashMap<>();
    private final Map<String, List<EntityChange>> commit = new LinkedHashMap<>();
    private Standing base;
    private Revision last;
    private @Nullable Long divergedSince;
    private boolean open;
    private boolean applied;
    private long rows;
    private long entities;
    private boolean closed;

    /// Where a generation stands, and how that is moved.
    interface Target {
        /// @throws dev.vitrine.store.WriterFenced if a newer writer has taken over
        Standing standing();

        /// @throws dev.vitrine.store.WriterFenced as above; nothing is moved then
        void move(Standing to);

        /// Ids for letters; the first of them.
        long letters(int count);
    }

    /// @param layout lines of the layout that is written
    /// @param ended run at [#close]
    CommitWriter(Target target, Writes writes, List<String> layout, Clock clock, Runnable ended) {
        this.target = target;
        this.container = writes.target();
        this.columns = container.items().columns();
        this.layout = layout;
        this.writes = writes;
        this.clock = clock;
        this.ended = ended;
        this.base = target.standing();
        this.last = base.revision();
        this.divergedSince = base.divergedSince();
        this.entities = base.entities();
    }

    /// Looks again where the generation stands, once for all commits that are published together.
    private void open() {
        if (!open) {
            base = target.standing();
            last = base.revision();
            divergedSince = base.divergedSince();
            entities = base.entities();
            open = true;
        }
    }

    @Override
    public void begin(Revision revision) {
        open();
        if (revision.epoch() != last.epoch()) {
            throw new IllegalStateException(
                    "commits of epoch %d cannot be applied to %s, which is of epoch %d: rebuild it"
                            .formatted(revision.epoch(), address(), last.epoch()));
        }
        // A commit that is in already changes nothing, so that a replay never moves an entity back.
        applied = revision.compareTo(last) <= 0;
        if (!applied) {
            last = revision;
        }
        commit.clear();
        rows = 0;
    }

    @Override
    public void apply(List<? extends EntityChange> changes) {
        if (applied) {
            return;
        }
        rows += changes.size();
        for (EntityChange change : changes) {
            String id = id(change);
            if (id != null) {
                commit.computeIfAbsent(id, absent -> new ArrayList<>()).add(change);
            }
        }
    }

    /// Null: a row without key of which nothing else is known.
    private static @Nullable String id(EntityChange change) {
        return switch (change) {
            case Upserted row -> Ids.of(row.key());
            case Unservable row -> id(row.key(), row.row());
            case Deleted row -> id(row.key(), row.row());
        };
    }

    private static @Nullable String id(@Nullable EntityKey key, byte @Nullable [] row) {
        if (key != null) {
            return Ids.of(key);
        }
        return row == null ? null : Ids.ofKeyless(Ids.hash(row));
    }

    @Override
    public CommitEffect end() {
        long before = entities;
        if (applied) {
            return new CommitEffect(0, 0, before, 0);
        }
        Transition transition = new Transition(
                columns,
                last.version(),
                Encoding.micros(last.commitTime()),
                divergedSince != null,
                Encoding.instant(Encoding.micros(clock.instant())));
        long letters = 0;
        long removed = 0;
        lookUp();
        for (Map.Entry<String, List<EntityChange>> key : commit.entrySet()) {
            Pending known = states.get(key.getKey());
            boolean wasLive = known != null && known.live();
            Pending next = next(key.getKey(), known, key.getValue(), transition);
            states.put(key.getKey(), next);
            letters += next.lettersOf(last.version());
            removed += wasLive && next.after().isAbsent() ? 1 : 0;
            entities += (next.after().isLive() ? 1 : 0) - (wasLive ? 1 : 0);
        }
        commit.clear();
        return new CommitEffect(rows, letters, before, removed);
    }

    private Pending next(String id, @Nullable Pending known, List<EntityChange> changes, Transition transition) {
        Pending state = known == null ? Pending.of(id, Stored.NOTHING, false) : known;
        // a writer before this one wrote what the commit makes of it, and was killed
        return state.before().version() >= transition.version()
                ? state.found()
                : state.to(transition.apply(state.after(), changes), transition.version());
    }

    /// Reads the states that this commit changes and no one before it did.
    private void lookUp() {
        List<String> unknown =
                commit.keySet().stream().filter(id -> !states.containsKey(id)).toList();
        for (int from = 0; from < unknown.size(); from += LOOKED_UP_AT_ONCE) {
            List<String> some = unknown.subList(from, Math.min(from + LOOKED_UP_AT_ONCE, unknown.size()));
            container.read(some, base.session()).forEach((id, stored) -> {
                boolean live = stored.liveAt(base.revision().version());
                states.put(id, Pending.of(id, stored, live));
            });
        }
    }

    @Override
    public void reject(Revision revision) {
        begin(revision);
        if (!applied && divergedSince == null) {
            divergedSince = revision.version();
        }
    }

    @Override
    public void publish(Revision revision, String commitFile) {
        open();
        if (revision.compareTo(last) < 0) {
            throw new IllegalStateException("version %d of %s cannot be published: version %d is applied already"
                    .formatted(revision.version(), address(), last.version()));
        }
        target.standing();
        List<Pending> changed = withLetterIds(
                states.values().stream().filter(Pending::isToWrite).toList());
        SessionTokens session = new WriteLoop(writes, base.session()).run(changed, CommitWriter::decide);
        Standing moved = new Standing(revision, commitFile, layout, entities, divergedSince, session, base.recount());
        target.move(moved);
        open = false;
        last = revision;
        states.clear();
    }

    /// Whoever wrote there wrote what the same commits make of it, or later ones.
    private static @Nullable Pending decide(Pending state, Stored found) {
        return found.version() >= state.version() ? null : state.over(found);
    }

    private List<Pending> withLetterIds(List<Pending> changed) {
        int count = changed.stream().mapToInt(Pending::lettersWithoutId).sum();
        if (count == 0) {
            return changed;
        }
        long next = target.letters(count);
        List<Pending> numbered = new ArrayList<>(changed.size());
        for (Pending state : changed) {
            numbered.add(state.withLetterIds(next));
            next += state.lettersWithoutId();
        }
        return numbered;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            states.clear();
            commit.clear();
            ended.run();
        }
    }

    private String address() {
        return container.calls().entity();
    }
}
